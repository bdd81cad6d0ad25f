/** @jest-environment <rootDir>/tests/browser.cjs */
import { waitFor } from '@testing-library/react';

import type { Suggestion } from '../../src/api/models';
import { Rooms } from '../../src/offline/rooms';
import { Sides } from '../../src/offline/sides';
import { byCell, listed, Reviews, step } from '../../src/suggestions/model';
import { openTab, type Tab } from '../offline/opened';
import { RoomServer } from '../offline/server';
import { change, suggestion } from './samples';

const CELLS = ['a', 'b', 'c'];
const ENTRIES = listed([
  suggestion(change('c'), change('new', 'added', 'b'), change('top', 'added'), change('gone'))
]);

function shownAt(cell: string): string[] {
  return (byCell(ENTRIES, CELLS).get(cell) ?? []).map(({ change: { cell: id } }) => id);
}

test('a change is shown at its cell, a new one behind its neighbour, others at the first', () => {
  expect(CELLS.map(shownAt)).toEqual([['top', 'gone'], ['new'], ['c']]);
});

test('a document without cells has one place', () => {
  expect([...byCell(listed([suggestion(change('text'))]), []).keys()]).toEqual(['']);
});

test('one walks through suggestions in the order of cells, and around at the ends', () => {
  const walk = (from: string, by: 1 | -1): string | undefined =>
    step(ENTRIES, CELLS, from && `s1/${from}`, by)?.change.cell;
  expect(['', 'top', 'gone', 'new', 'c'].map(from => walk(from, 1))).toEqual([
    'top',
    'gone',
    'new',
    'c',
    'top'
  ]);
  expect([walk('', -1), walk('top', -1), walk('c', -1)]).toEqual(['c', 'c', 'new']);
  expect(step([], CELLS, '', 1)).toBeUndefined();
});

describe('a document that is open', () => {
  let server: RoomServer;
  let tab: Tab;
  let said: Suggestion[];
  let asked: number;
  let rooms: Rooms;
  let counts: number[];
  let reviews: Reviews;

  beforeEach(async () => {
    server = new RoomServer('Begun. ');
    tab = await openTab(server);
    [said, asked, counts] = [[suggestion(change('text'))], 0, []];
    rooms = new Rooms(new Sides('/'));
    reviews = new Reviews(rooms, path => {
      expect(path).toBe('notes.md');
      asked += 1;
      return Promise.resolve(said);
    });
    reviews.counted.connect((_, count) => counts.push(count));
    rooms.add(tab.room);
    rooms.look(tab.model);
    reviews.follow(tab.room);
    await tab.room.ready;
  });

  afterEach(() => tab.close());

  const shown = (): number | undefined =>
    reviews.current.getState().review?.seen.getState().entries.length;

  test('has its suggestions asked for once it is there', async () => {
    await waitFor(() => expect(shown()).toBe(1));
    expect(counts.at(-1)).toBe(1);
  });

  test('has them asked for again when the server says that there is something new', async () => {
    await waitFor(() => expect(shown()).toBe(1));
    said = [];
    server.doc.getMap('state').set('suggestions', 'news');
    await waitFor(() => expect(shown()).toBe(0));
    expect(counts.at(-1)).toBe(0);
  });

  test('does not ask when somebody only types', async () => {
    await waitFor(() => expect(shown()).toBe(1));
    const before = asked;
    tab.type('More.');
    await waitFor(() => expect(server.text).toBe('Begun. More.'));
    expect(asked).toBe(before);
  });

  test('is not current when the user looks elsewhere', async () => {
    await waitFor(() => expect(shown()).toBe(1));
    rooms.look(null);
    expect(reviews.current.getState().review).toBeNull();
    expect(counts.at(-1)).toBe(0);
  });
});
