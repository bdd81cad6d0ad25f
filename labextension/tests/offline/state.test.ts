import { UNKNOWN, wordFor } from '../../src/offline/state';

const ONLINE = { ...UNKNOWN, isOnline: true, role: 'owner' as const };

test('a document is being connected until it was online once', () => {
  expect(wordFor(UNKNOWN, false)).toBe('connecting');
});

test('online, it is stored only when nothing is unsent', () => {
  expect(wordFor(ONLINE, true)).toBe('stored');
  expect(wordFor({ ...ONLINE, unsent: 1 }, true)).toBe('storing');
});

test('offline, it says whether changes would outlive the tab', () => {
  expect(wordFor({ ...UNKNOWN, unsent: 3, isKept: true }, true)).toBe('kept');
  expect(wordFor({ ...UNKNOWN, unsent: 3 }, true)).toBe('only-here');
  expect(wordFor(UNKNOWN, true)).toBe('offline');
});

test.each([
  ['viewer', 'reading'],
  ['commenter', 'suggesting']
] as const)('a %s cannot type, and hears what they can do: %s', (role, word) => {
  expect(wordFor({ ...ONLINE, role }, true)).toBe(word);
});

test('no access any more is said before all else', () => {
  expect(wordFor({ ...ONLINE, isRefused: true, unsent: 2 }, true)).toBe('refused');
});

test('a server that does not speak of storing is not said to store', () => {
  expect(wordFor({ ...ONLINE, role: null }, true)).toBe('online');
  expect(wordFor({ ...ONLINE, role: null, unsent: 1 }, true)).toBe('online');
});

test('who may only read is away like everybody', () => {
  expect(wordFor({ ...UNKNOWN, role: 'viewer' }, true)).toBe('offline');
});
