/** @jest-environment <rootDir>/tests/browser.cjs */
import { fireEvent, screen, waitFor } from '@testing-library/react';
import type { ServerResponse } from 'node:http';
import axe from 'axe-core';
import React, { useState } from 'react';

import type { Answer, Asked } from '../../src/search/asked';
import { NOTHING } from '../../src/search/asked';
import { Found } from '../../src/search/found';
import { FACETS, useRested, useResults } from '../../src/search/model';
import type { Answer as Reply, TestServer } from '../api/server';
import { problem, serve } from '../api/server';
import { createWove, draw } from '../ui/draw';
import { answer, hit } from './hits';

function send(response: ServerResponse, body: Answer): void {
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(body));
}

function page(titles: string[], part: Partial<Answer> = {}): Reply {
  return (_request, response) =>
    send(
      response,
      answer(
        titles.map(title => hit(title)),
        part
      )
    );
}

function Searching(): JSX.Element {
  const [asked, ask] = useState<Asked>(NOTHING);
  const rested = useRested(asked.words);
  const results = useResults({ ...asked, words: rested });
  const change = (part: Partial<Asked>): void => ask({ ...asked, ...part });
  const isLate = results.isPlaceholderData || rested !== asked.words;
  return (
    <>
      <input
        aria-label="Words"
        value={asked.words}
        onChange={event => change({ words: event.target.value })}
      />
      <Found
        {...{ asked, change, results, isLate }}
        list="list"
        active={-1}
        onOpen={() => undefined}
      />
    </>
  );
}

function type(words: string): void {
  fireEvent.change(screen.getByLabelText('Words'), { target: { value: words } });
}

function typed(): string {
  return screen.getByLabelText<HTMLInputElement>('Words').value;
}

function titles(): (string | null)[] {
  return screen
    .queryAllByRole('option')
    .map(each => each.querySelector('mark')?.textContent ?? null);
}

function asked(at: number): URLSearchParams {
  return new URL(server.requests[at]?.url ?? '', 'http://wove').searchParams;
}

let server: TestServer;
let container: HTMLElement;

async function search(...replies: Reply[]): Promise<void> {
  server = await serve(...replies);
  ({ container } = draw(<Searching />, createWove(server.settings)));
}

afterEach(() => server.close());

test('words are looked for once their writer rests', async () => {
  await search(page(['waves']));
  type('w');
  type('wa');
  type('waves');
  await waitFor(() => expect(titles()).toEqual(['waves']));
  expect(server.requests).toHaveLength(1);
  expect([...asked(0)]).toEqual([
    ['q', 'waves'],
    ['limit', '20'],
    ['facets', FACETS]
  ]);
});

test('a question that is outdated is aborted, and its late answer is not shown', async () => {
  let late: ServerResponse | undefined;
  let gone = false;
  await search(
    (request, response) => {
      late = response;
      request.on('close', () => (gone = true));
    },
    page(['waves'])
  );
  type('wa');
  await waitFor(() => expect(late).toBeDefined());
  type('waves');
  await waitFor(() => expect(titles()).toEqual(['waves']));
  await waitFor(() => expect(gone).toBe(true));
  expect(titles()).toEqual(['waves']);
});

test('more is asked for from where the last page ended', async () => {
  await search(page(['one'], { next: 'c1' }), page(['two']));
  type('waves');
  await waitFor(() => expect(titles()).toEqual(['one']));
  fireEvent.click(screen.getByText('More'));
  await waitFor(() => expect(titles()).toEqual(['one', 'two']));
  expect(asked(1).get('after')).toBe('c1');
  expect(screen.queryByText('More')).toBeNull();
});

test('where nothing is found, it is said what to do', async () => {
  await search(page([]));
  type('xylophone');
  await screen.findByText('Nothing found');
  expect(screen.getByText(/“xylophone”/)).toBeTruthy();
});

test('a value of a facet narrows the search, and is offered after others that were chosen', async () => {
  const values = ['r', 'python'].map(value => ({
    value,
    count: 2,
    chosen: value === 'python',
    q: `waves lang:${value}`
  }));
  await search(page(['waves'], { facets: [{ name: 'lang', values }] }));
  type('waves');
  const [first, second] = await screen.findAllByRole('button', { name: /lang:/ });
  expect(first?.getAttribute('aria-pressed')).toBe('true');
  expect(second?.textContent).toBe('lang:r2');
  fireEvent.click(second as HTMLElement);
  expect(typed()).toBe('waves lang:r');
});

test('a facet of what was typed before leaves alone what was typed since', async () => {
  const values = [{ value: 'r', count: 2, chosen: false, q: 'waves lang:r' }];
  await search(page(['waves'], { facets: [{ name: 'lang', values }] }));
  type('waves');
  const value = await screen.findByTitle('lang:r');
  type('waves and tides');
  fireEvent.click(value);
  expect(typed()).toBe('waves and tides');
});

test('what was probably meant is asked, and can be taken', async () => {
  const meant = { text: [{ text: 'waves', hit: true }], q: 'waves' };
  await search(page(['wavse'], { meant }));
  type('wavse');
  await screen.findByText(/Did you mean/);
  expect(titles()).toEqual(['wavse']);
  fireEvent.click(screen.getByRole('button', { name: 'waves' }));
  expect(typed()).toBe('waves');
});

test.each([
  ['/fit_\\w+/', true],
  ['waves -/a b/', true],
  ['path:a/b/c', false],
  ['and/or', false],
  ['/usr/lib of', false]
])('a pattern is told from a path: %s', async (words, isPattern) => {
  await search(page(['waves']));
  type(words);
  await screen.findByRole('option');
  expect(screen.queryByRole('button', { name: 'Search code' }) !== null).toBe(isPattern);
});

test('what one likes can be left out of the order', async () => {
  await search(page(['waves']));
  type('waves');
  fireEvent.click(await screen.findByRole('checkbox', { name: 'What I like stands higher' }));
  await waitFor(() => expect(server.requests).toHaveLength(2));
  expect(asked(1).get('personal')).toBe('false');
});

test('a result says why it was found, and for how many remixes it stands', async () => {
  const why = { fields: ['title' as const], words: [], likes: ['numpy'], stars: 2, meant: true };
  await search((_request, response) =>
    send(response, answer([hit('waves', { remixes: 3, why })]))
  );
  type('waves');
  await screen.findByText('and 3 remixes');
  screen.getByTitle('Found in: title · means much the same · you like numpy · 2 stars');
});

test('a search that fails says what went wrong and can be asked again', async () => {
  await search(problem(500, 'The disk is full.'), page(['waves']));
  type('waves');
  await screen.findByText('The disk is full.');
  fireEvent.click(screen.getByText('Try again'));
  await waitFor(() => expect(titles()).toEqual(['waves']));
});

test('results can be used without seeing them', async () => {
  const values = [{ value: 'r', count: 2, chosen: false, q: 'waves lang:r' }];
  await search(page(['waves'], { facets: [{ name: 'lang', values }] }));
  type('waves');
  await waitFor(() => expect(titles()).toEqual(['waves']));
  expect((await axe.run(container)).violations.map(({ id }) => id)).toEqual([]);
});
