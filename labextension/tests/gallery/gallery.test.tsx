/** @jest-environment <rootDir>/tests/browser.cjs */
import { fireEvent, screen, waitFor } from '@testing-library/react';
import axe from 'axe-core';
import React, { useState } from 'react';

import type { Card } from '../../src/api/models';
import { publicApps } from '../../src/deploy/queries';
import type { Filters } from '../../src/gallery/filters';
import { ALL } from '../../src/gallery/filters';
import { Gallery } from '../../src/gallery/gallery';
import type { Answer, TestServer } from '../api/server';
import { problem, serve } from '../api/server';
import { createWove, draw } from '../ui/draw';
import { card } from './cards';

function page(cards: Card[], next: string | null = null): Answer {
  return (_request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ items: cards, next }));
  };
}

function Browsing(): JSX.Element {
  const [filters, setFilters] = useState<Filters>(ALL);
  return <Gallery filters={filters} change={part => setFilters({ ...filters, ...part })} />;
}

let server: TestServer;
let container: HTMLElement;

async function browse(...answers: Answer[]): Promise<void> {
  server = await serve(...answers);
  const wove = createWove(server.settings);
  // Which of them have an app is another question than those that are answered here in turn.
  const { queryKey } = publicApps(wove.api);
  wove.queries.setQueryData(queryKey, { items: [], next: null });
  ({ container } = draw(<Browsing />, wove));
}

function titles(): (string | null)[] {
  return screen.queryAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent);
}

afterEach(() => server.close());

test('more cards come after those that are there, and none twice', async () => {
  await browse(page([card('Waves'), card('Tides')], 'c1'), page([card('Tides'), card('Surf')]));
  fireEvent.click(await screen.findByText('More'));
  await waitFor(() => expect(titles()).toEqual(['Waves', 'Tides', 'Surf']));
  expect(server.requests[1]?.url).toBe('/wove/api/gallery?order=trending&limit=20&after=c1');
});

test('another order begins from the start', async () => {
  await browse(page([card('Waves')], 'c1'), page([card('Surf')]));
  await waitFor(() => expect(titles()).toEqual(['Waves']));
  fireEvent.click(screen.getByRole('button', { name: 'New' }));
  await waitFor(() => expect(titles()).toEqual(['Surf']));
  expect(server.requests[1]?.url).toBe('/wove/api/gallery?order=new&limit=20');
});

test('a level that nothing has can be let go of again', async () => {
  await browse(page([card('Waves')]), page([]), page([card('Waves')]));
  await waitFor(() => expect(titles()).toEqual(['Waves']));
  fireEvent.change(screen.getByLabelText('Only of the level'), { target: { value: 'advanced' } });
  fireEvent.click(await screen.findByText('Show all'));
  await waitFor(() => expect(titles()).toEqual(['Waves']));
});

test('an empty gallery says how to fill it', async () => {
  await browse(page([]));
  await screen.findByText('Nothing published yet');
});

test('a gallery that cannot be read says why and can be asked again', async () => {
  await browse(problem(403, 'You may not look.'), page([card('Waves')]));
  await screen.findByText('You may not look.');
  fireEvent.click(screen.getByText('Try again'));
  await waitFor(() => expect(titles()).toEqual(['Waves']));
});

test('the gallery can be used without seeing it', async () => {
  await browse(page([card('Waves')]));
  await waitFor(() => expect(titles()).toEqual(['Waves']));
  expect((await axe.run(container)).violations.map(({ id }) => id)).toEqual([]);
});
