import { followersOf, leadOf, peopleIn } from '../../src/presence/people';
import type { Tab } from '../../src/presence/tabs';
import { readSpot, readTab } from '../../src/presence/tabs';
import { shortPath } from '../../src/presence/words';

let count = 0;

function tab(username: string, path: string | null, more: Partial<Tab> = {}): Tab {
  const id = ++count;
  const said = { path, seen: id, isAway: false, follows: '' };
  return { id, username, name: username, colour: '', ...said, ...more };
}

const inWaves = (path: string): boolean => path.startsWith('waves/');

function names(tabs: readonly Tab[]): string[] {
  return peopleIn(tabs, 'me', inWaves).map(({ username }) => username);
}

test('only who looks at a document of the project is in it', () => {
  const tabs = [tab('ann', 'waves/a.ipynb'), tab('bob', 'tides/b.ipynb'), tab('cy', null)];
  expect(names(tabs)).toEqual(['ann']);
});

test('oneself comes first, the others by name', () => {
  expect(names([tab('bob', 'waves/a'), tab('ann', 'waves/a'), tab('me', 'waves/a')])).toEqual([
    'me',
    'ann',
    'bob'
  ]);
});

test('who has several tabs is there once, with the one that they turned to last', () => {
  const tabs = [
    tab('ann', 'waves/old.ipynb', { seen: 1 }),
    tab('ann', 'waves/new.ipynb', { seen: 3 }),
    tab('ann', 'tides/other.ipynb', { seen: 9 })
  ];
  expect(peopleIn(tabs, 'me', inWaves).map(({ path }) => path)).toEqual(['waves/new.ipynb']);
});

test('a person is away when all of their tabs in the project are', () => {
  const isAway = (...states: boolean[]): boolean | undefined =>
    peopleIn(
      states.map(state => tab('ann', 'waves/a', { isAway: state })),
      'me',
      inWaves
    )[0]?.isAway;
  expect(isAway(true, true)).toBe(true);
  expect(isAway(true, false)).toBe(false);
});

test('followers are told once each, and nobody follows themselves', () => {
  const follows = { follows: 'ann' };
  const tabs = [tab('bob', null, follows), tab('bob', null, follows), tab('ann', null, follows)];
  expect(followersOf(tabs, 'ann')).toEqual(['bob']);
});

test('nobody leads where a person has no tab', () => {
  expect(leadOf([tab('ann', 'waves/a')], 'bob')).toBeUndefined();
});

test.each([null, undefined, 7, 'ann', {}, { user: null }, { user: { username: 7 } }])(
  'a tab that says %p is nobody',
  state => {
    expect(readTab(1, state)).toBeNull();
  }
);

test('what is no text or number in a state is taken for nothing', () => {
  const user = { username: 'ann', display_name: ['Ann'], color: { r: 1 } };
  const wove = { path: 7, seen: 'now', isAway: 'yes', follows: null };
  expect(readTab(1, { user, wove })).toEqual({
    id: 1,
    username: 'ann',
    name: 'ann',
    colour: '',
    path: null,
    seen: 0,
    isAway: false,
    follows: ''
  });
});

test('a place is between the top and the end of what it is in', () => {
  const part = (given: unknown): unknown =>
    readSpot({ wove: { tab: 1, cell: 'c1', place: { at: 'c1', part: given } } })?.place?.part;
  expect([part(0.5), part(-3), part(7), part('all')]).toEqual([0.5, 0, 1, undefined]);
  expect(readSpot({ wove: { cell: 'c1' } })).toBeNull();
});

test('a path is said as in the project', () => {
  expect(shortPath('waves/data/a.csv', 'waves')).toBe('data/a.csv');
  expect(shortPath('wavesome/a.csv', 'waves')).toBe('wavesome/a.csv');
});
