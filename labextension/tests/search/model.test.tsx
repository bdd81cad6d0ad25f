/** @jest-environment <rootDir>/tests/browser.cjs */
import { fireEvent, screen, waitFor } from '@testing-library/react';
import type { ServerResponse } from 'node:http';
import React, { useState } from 'react';

import type { Hit } from '../../src/api/models';
import { Found } from '../../src/search/found';
import { useHits, useRested } from '../../src/search/model';
import type { Answer, TestServer } from '../api/server';
import { serve } from '../api/server';
import { createWove, draw } from '../ui/draw';

function hit(title: string): Hit {
  const owner = { handle: 'ada', name: 'Ada' };
  const project = { id: title, owner, slug: title, title };
  const fragments = [{ text: title, hit: true }];
  return {
    kind: 'project',
    project,
    prompt: null,
    person: null,
    path: null,
    cell: null,
    cell_id: null,
    title: fragments,
    snippet: [],
    remixes: 0,
    why: { fields: ['title'], words: [title], likes: [], stars: 0, meant: false }
  };
}

function page(response: ServerResponse, titles: string[], next: string | null = null): void {
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify({ items: titles.map(hit), next }));
}

function Searching(): JSX.Element {
  const [words, setWords] = useState('');
  const rested = useRested(words);
  const hits = useHits(rested);
  return (
    <>
      <input aria-label="Words" value={words} onChange={event => setWords(event.target.value)} />
      <Found words={rested} list="list" hits={hits} active={-1} onOpen={() => undefined} />
    </>
  );
}

function type(words: string): void {
  fireEvent.change(screen.getByLabelText('Words'), { target: { value: words } });
}

function titles(): (string | null)[] {
  return screen
    .queryAllByRole('option')
    .map(each => each.querySelector('mark')?.textContent ?? null);
}

let server: TestServer;

async function search(...answers: Answer[]): Promise<void> {
  server = await serve(...answers);
  draw(<Searching />, createWove(server.settings));
}

afterEach(() => server.close());

test('words are looked for once their writer rests', async () => {
  await search((_request, response) => page(response, ['waves']));
  type('w');
  type('wa');
  type('waves');
  await waitFor(() => expect(titles()).toEqual(['waves']));
  expect(server.requests.map(({ url }) => url)).toEqual(['/wove/api/search?q=waves&limit=20']);
});

test('a question that is outdated is aborted, and its late answer is not shown', async () => {
  let late: ServerResponse | undefined;
  let gone = false;
  await search(
    (request, response) => {
      late = response;
      request.on('close', () => (gone = true));
    },
    (_request, response) => page(response, ['waves'])
  );
  type('wa');
  await waitFor(() => expect(late).toBeDefined());
  type('waves');
  await waitFor(() => expect(titles()).toEqual(['waves']));
  await waitFor(() => expect(gone).toBe(true));
  expect(titles()).toEqual(['waves']);
});

test('more is asked for from where the last page ended', async () => {
  await search(
    (_request, response) => page(response, ['one'], 'c1'),
    (_request, response) => page(response, ['two'])
  );
  type('waves');
  await waitFor(() => expect(titles()).toEqual(['one']));
  fireEvent.click(screen.getByText('More'));
  await waitFor(() => expect(titles()).toEqual(['one', 'two']));
  expect(server.requests[1]?.url).toContain('after=c1');
  expect(screen.queryByText('More')).toBeNull();
});

test('where nothing is found, it is said what to do', async () => {
  await search((_request, response) => page(response, []));
  type('xylophone');
  await screen.findByText('Nothing found');
  expect(screen.getByText(/“xylophone”/)).toBeTruthy();
});
