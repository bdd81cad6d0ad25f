/** @jest-environment <rootDir>/tests/browser.cjs */
import { Notification } from '@jupyterlab/apputils';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import React from 'react';

import { firstNotebook } from '../../src/published/arrive';
import { bytes } from '../../src/published/files';
import { readmeOf, star, useCard } from '../../src/published/model';
import { addressOf, askedThere } from '../../src/published/reader';
import { createResolver } from '../../src/published/resolver';
import { askedFor, without } from '../../src/published/route';
import { StarButton } from '../../src/published/star-button';
import { problem, serve } from '../api/server';
import { card } from '../gallery/cards';
import { createWove, draw } from '../ui/draw';

const ID = '01a2057f-b840-726b-9ee9-5d410ef8dacc';

function Starring(): JSX.Element | null {
  const { data } = useCard('Waves');
  return data ? <StarButton card={data} /> : null;
}

test('a star that the server refuses is taken back with a message', async () => {
  const server = await serve(
    (_request, response) => {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(card('Waves')));
    },
    (request, response) => setTimeout(() => problem(403, 'You may not.')(request, response), 100),
    (_request, response) => {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(card('Waves')));
    }
  );
  draw(<Starring />, createWove(server.settings));
  fireEvent.click(await screen.findByRole('button', { name: '3 stars' }));
  await screen.findByRole('button', { name: '4 stars', pressed: true });
  await screen.findByRole('button', { name: '3 stars', pressed: false });
  await waitFor(() => expect(Notification.manager.count).toBe(1));
  const [note] = Notification.manager.notifications;
  expect(note?.message).toBe('The star was not saved. You may not.');
  await server.close();
});

test('a star counts once, however often it is put there', () => {
  expect(star(card('Waves'), true).stars).toBe(4);
  expect(star(card('Waves', true), true).stars).toBe(3);
  expect(star(card('Waves', true), false).stars).toBe(2);
});

test('only an id in the address asks to remix, and the question leaves the address', () => {
  expect(askedFor(`?wove-remix=${ID}`)).toBe(ID);
  expect(askedFor('?wove-remix=../../x')).toBeNull();
  const place = { pathname: '/lab', search: `?a=1&wove-remix=${ID}`, hash: '#b' };
  expect(without(place as Location)).toBe('/lab?a=1#b');
});

test('the way to JupyterLab says what to remix, also where it ends at the door', () => {
  const there = (search: string): string | null => askedThere({ search });
  expect(there(`?wove-remix=${ID}`)).toBe(ID);
  expect(there(`?next=${encodeURIComponent(`/lab?wove-remix=${ID}`)}`)).toBe(ID);
  expect(there('?next=%2Flab')).toBeNull();
  expect(there('')).toBeNull();
});

test('a page is found by its owner, name, file and cell', () => {
  const page = { handle: 'élodie', slug: 'waves', title: 'Waves', path: '', cell: null };
  expect(addressOf('http://x/', page)).toBe('http://x/wove/@%C3%A9lodie/waves');
  expect(addressOf('http://x/', { ...page, path: 'a b/c.ipynb', cell: 3 })).toBe(
    'http://x/wove/@%C3%A9lodie/waves/files/a%20b/c.ipynb#cell-3'
  );
});

test('the README is found whatever its letters, Markdown first', () => {
  const file = (path: string): { path: string; size: number; kind: 'text' } => ({
    path,
    size: 1,
    kind: 'text'
  });
  expect(readmeOf([file('README'), file('ReadMe.md')])).toBe('ReadMe.md');
  expect(readmeOf([file('docs/README.md')])).toBeUndefined();
});

test('pictures of a README come from its project, and addresses elsewhere stay', async () => {
  const resolver = createResolver('http://x/', ID);
  expect(resolver.isLocal?.('plots/a b.png')).toBe(true);
  expect(resolver.isLocal?.('https://example.org/a.png')).toBe(false);
  expect(await resolver.getDownloadUrl(await resolver.resolveUrl('./plots/a%20b.png'))).toBe(
    `http://x/wove/api/projects/${ID}/files/plots/a%20b.png`
  );
});

test('the first notebook of a folder is the one that people would read first', async () => {
  const names = ['10 end.ipynb', '2 begin.ipynb', '1.md'];
  const content = names.map(name => ({ name, type: name.endsWith('.md') ? 'file' : 'notebook' }));
  const contents = { get: () => Promise.resolve({ content }) };
  const found = await firstNotebook(
    contents as unknown as Parameters<typeof firstNotebook>[0],
    'a'
  );
  expect(found).toBe('a/2 begin.ipynb');
});

test.each([
  [0, '0 byte'],
  [999, '999 byte'],
  [4200, '4.2 kB'],
  [5_000_000, '5 MB']
])('%i bytes are %s', (size, said) => {
  expect(bytes(size, 'en')).toBe(said);
});
