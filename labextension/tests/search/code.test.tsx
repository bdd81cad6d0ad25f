/** @jest-environment <rootDir>/tests/browser.cjs */
import { fireEvent, screen, waitFor } from '@testing-library/react';
import axe from 'axe-core';
import React, { useState } from 'react';

import type { Asked, FileHit, FilePage } from '../../src/search/asked';
import { NOTHING } from '../../src/search/asked';
import { useCode } from '../../src/search/code-model';
import { FoundCode } from '../../src/search/found-code';
import { Scope } from '../../src/search/scope';
import { Examples } from '../../src/search/start';
import type { Answer, TestServer } from '../api/server';
import { problem, serve } from '../api/server';
import { createWove, draw } from '../ui/draw';

const FILE: FileHit = {
  project: { id: 'p', owner: { handle: 'ada', name: 'Ada' }, slug: 'waves', title: 'Waves' },
  path: 'waves.ipynb',
  matches: 1,
  cut: false,
  snippets: [
    {
      section: 'source',
      cell: 1,
      cell_id: 'c',
      line: 7,
      lines: [
        [{ text: 'import numpy', hit: false }],
        [
          { text: 'x.', hit: false },
          { text: 'fit_all(X', hit: true }
        ]
      ]
    }
  ]
};

function page(part: Partial<FilePage> = {}): Answer {
  const body = { items: [FILE], next: null, approximate: false, suggestions: [], ...part };
  return (_request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(body));
  };
}

function Searching(): JSX.Element {
  const [asked, ask] = useState<Asked>({ ...NOTHING, where: 'code', words: 'fit_' });
  const change = (part: Partial<Asked>): void => ask({ ...asked, ...part });
  const results = useCode(asked);
  return (
    <>
      <output>{asked.words}</output>
      <Scope asked={asked} change={change} />
      <Examples asked={asked} change={change} />
      <FoundCode {...{ asked, change, results }} isLate={results.isPlaceholderData} />
    </>
  );
}

let server: TestServer;
let container: HTMLElement;
const opened = jest.fn();

async function search(...answers: Answer[]): Promise<void> {
  server = await serve(...answers);
  const wove = createWove(server.settings);
  wove.commands.addCommand('wove:open-hit', { execute: opened });
  ({ container } = draw(<Searching />, wove));
}

afterEach(() => server.close());

test('a line that matches leads to it in its cell; those around it only show where it is', async () => {
  await search(page());
  fireEvent.click(await screen.findByRole('button', { name: /fit_all/ }));
  const place = { projectId: 'p', path: 'waves.ipynb', cell: 1, cellId: 'c', line: 7 };
  expect(opened.mock.calls).toEqual([[place]]);
  expect(screen.getByText('cell 2')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /import numpy/ })).toBeNull();
});

test('patterns and capitals are asked for by a press', async () => {
  await search(page());
  await screen.findByText('waves.ipynb');
  fireEvent.click(screen.getByRole('button', { name: 'Pattern' }));
  fireEvent.click(screen.getByRole('button', { name: 'Capitals count' }));
  await waitFor(() =>
    expect(server.requests.at(-1)?.url).toBe(
      '/wove/api/search/code?q=fit_&limit=20&regex=true&case=true'
    )
  );
});

test('a pattern that cannot be used says why right there', async () => {
  await search(problem(422, 'A pattern cannot look ahead.'));
  await screen.findByText('A pattern cannot look ahead.');
  expect(screen.queryByText('Try again')).toBeNull();
});

test('what there was no time for is looked for without anybody asking', async () => {
  const other = { ...FILE, path: 'tides.ipynb' };
  await search(page({ approximate: true, next: 'c1' }), page({ items: [other] }));
  await screen.findByText('tides.ipynb');
  expect(screen.getByText('waves.ipynb')).toBeTruthy();
  expect(server.requests.map(({ url }) => url)).toEqual([
    '/wove/api/search/code?q=fit_&limit=20',
    '/wove/api/search/code?q=fit_&limit=20&after=c1'
  ]);
  expect(screen.queryByText(/Looking on|there may be more/)).toBeNull();
});

test('meanwhile it does not say that there is nothing', async () => {
  const late: Answer = () => undefined;
  await search(page({ items: [], approximate: true, next: 'c1' }), late);
  await screen.findByText(/Looking on/);
  expect(screen.queryByText('No such line')).toBeNull();
});

test('after some rounds it asks whether to go on, and says that there may be more', async () => {
  const some = page({ items: [], approximate: true, next: 'c1' });
  await search(...Array<Answer>(12).fill(some), page());
  await screen.findByText(/there may be more/, {}, { timeout: 20_000 });
  expect(server.requests).toHaveLength(12);
  fireEvent.click(screen.getByText('More'));
  await screen.findByText('waves.ipynb');
  expect(screen.queryByText(/there may be more/)).toBeNull();
}, 30_000);

test('a name that is spelled nearly like it is suggested', async () => {
  await search(page({ items: [], suggestions: ['fit_all'] }), page());
  fireEvent.click(await screen.findByRole('button', { name: 'fit_all' }));
  await screen.findByText('waves.ipynb');
  expect(new URL(server.requests[1]?.url ?? '', 'http://wove').searchParams.get('q')).toBe(
    'fit_all'
  );
});

test('an example searches for itself', async () => {
  await search(page());
  fireEvent.click(screen.getByRole('button', { name: '/fit_\\w+\\(X/' }));
  await waitFor(() => expect(server.requests.at(-1)?.url).toContain('q=%2Ffit_'));
});

test('lines can be read without seeing them', async () => {
  await search(page());
  await screen.findByText('waves.ipynb');
  expect((await axe.run(container)).violations.map(({ id }) => id)).toEqual([]);
});
