/** A comment follows its words while people type, and is looked for when they are gone. */
import { YFile, YNotebook } from '@jupyter/ydoc';

import type { Thread } from '../../src/api/models';
import { quoteOf } from '../../src/comments/anchors';
import { Places } from '../../src/comments/places';
import { thread } from './samples';

function about(text: string, words: string): Thread {
  const start = text.indexOf(words);
  const quote = quoteOf(text, start, start + words.length);
  return { ...thread('t'), anchor: { cell: null, quote } };
}

function words(file: YFile, places: Places, of: Thread): string | null {
  const range = places.find([of]).get('t')?.range;
  return range ? file.getSource().slice(range.start, range.end) : null;
}

test('letters are followed through edits that a search would not survive', () => {
  const file = YFile.create();
  file.setSource('one two three');
  const places = new Places(file);
  const of = about('one two three', 'two');
  expect(words(file, places, of)).toBe('two');
  file.updateSource(0, 4, 'Something else ');
  file.updateSource(file.source.indexOf('two') + 1, file.source.indexOf('two') + 1, '--');
  expect(words(file, places, of)).toBe('t--wo');
});

test('words that were deleted are outdated, and found when they come back', () => {
  const file = YFile.create();
  file.setSource('one two three');
  const places = new Places(file);
  const of = about('one two three', 'two');
  places.find([of]);
  file.updateSource(0, 13, 'x');
  expect(places.find([of]).get('t')?.found.sure).toBe('outdated');
  file.setSource('zero one two three');
  expect(words(file, places, of)).toBe('two');
});

test('a cell that was moved keeps its comments', () => {
  const notebook = new YNotebook();
  const cell = (id: string, source: string): object => ({ id, cell_type: 'code', source });
  notebook.insertCells(0, [cell('a', 'x = 1'), cell('b', 'mean(x)')] as never[]);
  const mark = { id: 'b', type: 'code' as const, source: 'mean(x)', length: 7, others: [] };
  const quote = quoteOf('mean(x)', 0, 4);
  const of = { ...thread('t'), anchor: { cell: mark, quote } };
  const places = new Places(notebook);
  expect(places.find([of]).get('t')).toMatchObject({ range: { start: 0, end: 4 } });
  notebook.moveCell(1, 0);
  const found = places.find([of]).get('t');
  expect(found).toMatchObject({
    found: { cell: 'b', sure: 'certain' },
    range: { start: 0, end: 4 }
  });
});
