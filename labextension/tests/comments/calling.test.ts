/** People are offered while their handle is typed. */
import { begunHandle, called, meant } from '../../src/comments/calling';

const people = [
  { handle: 'ann', name: 'Ann Lee' },
  { handle: 'bob', name: 'Bob Annan' }
];

test.each([
  ['Hi @an', 6, 'an'],
  ['@', 1, ''],
  ['Hi @an', 3, null],
  ['ann@host', 8, null],
  ['(@bo', 4, 'bo'],
  ['`@an', 4, null],
  ['Hi @ann there', 13, null]
])('in %j at %i it is %j', (text, cursor, begun) => {
  expect(begunHandle(text, cursor)).toBe(begun);
});

test('a handle or a word of a name may begin so', () => {
  expect(meant(people, 'an').map(({ handle }) => handle)).toEqual(['ann', 'bob']);
  expect(meant(people, 'LEE').map(({ handle }) => handle)).toEqual(['ann']);
});

test('the chosen handle takes the place of what was typed', () => {
  expect(called('Hi @an, look', 6, 'ann')).toEqual(['Hi @ann , look', 8]);
});
