/** @jest-environment jsdom */
import { colour, initials } from '../../src/ui/person';
import { relative } from '../../src/ui/time';

test.each([
  ['Ada Lovelace', 'AL'],
  ['ada', 'A'],
  ['grace.brewster.hopper@example.org', 'GO'],
  ['élodie d', 'ÉD'],
  ['😀 face', '😀F'],
  ['  ', '?']
])('the initials of %s are %s', (name, expected) => {
  expect(initials(name)).toBe(expected);
});

test('a name always has the same of seven colours', () => {
  const names = Array.from({ length: 200 }, (_, at) => `person ${at}`);
  expect(new Set(names.map(colour))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7]));
  expect(colour('Ada')).toBe(colour('Ada'));
});

const NOW = new Date('2026-06-15T12:00:00Z');

test.each([
  ['2026-06-15T11:59:40Z', 'now'],
  ['2026-06-15T12:00:20Z', 'now'],
  ['2026-06-15T11:58:00Z', '2 minutes ago'],
  ['2026-06-15T09:30:00Z', '2 hours ago'],
  ['2026-06-14T11:00:00Z', 'yesterday'],
  ['2026-06-01T12:00:00Z', '2 weeks ago'],
  ['2024-06-01T12:00:00Z', '2 years ago'],
  ['2026-06-15T14:00:00Z', 'in 2 hours']
])('%s is %s', (iso, expected) => {
  expect(relative(new Date(iso), NOW, 'en')).toBe(expected);
});
