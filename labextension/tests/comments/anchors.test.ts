/** What a comment is about is found as the server finds it. */
import cases from '../../../tests/unit/comments/anchors.json';
import type { Content } from '../../src/comments/anchors';
import { find, quoteOf, unit } from '../../src/comments/anchors';
import type { Anchor } from '../../src/api/models';

test.each(cases.map(each => [each.name, each] as const))('%s', (_, { anchor, content, found }) => {
  expect(find(anchor as Anchor, content as Content)).toEqual(found);
});

test('words are described by characters, and found again by the halves of them', () => {
  const text = '😀 one 😀 two';
  const quote = quoteOf(text, 10, 13);
  expect(quote).toEqual({ text: 'two', start: 8, before: '😀 one 😀 ', after: '' });
  expect(unit(text, quote.start)).toBe(10);
});

test('a long selection is cut', () => {
  expect(quoteOf('x'.repeat(5000), 0, 5000).text).toHaveLength(2000);
});
