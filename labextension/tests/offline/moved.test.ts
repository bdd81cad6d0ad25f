import { YNotebook } from '@jupyter/ydoc';
import { applyUpdate, decodeStateVector, encodeStateAsUpdate, encodeStateVector } from 'yjs';

import { followMoves, placeIn } from '../../src/offline/moved';

const CELLS = ['one', 'two', 'three'].map(source => ({ cell_type: 'code', id: source, source }));

const opened: YNotebook[] = [];

afterEach(() => opened.splice(0).forEach(notebook => notebook.dispose())); // their clocks, too

/** Two people with the same notebook; what one does comes to the other when they say so. */
function two(): { ann: YNotebook; bob: YNotebook; hear: () => void } {
  const [ann, bob] = [new YNotebook(), new YNotebook()];
  opened.push(ann, bob);
  ann.insertCells(0, CELLS);
  applyUpdate(bob.ydoc, encodeStateAsUpdate(ann.ydoc));
  const stored = decodeStateVector(encodeStateVector(bob.ydoc));
  followMoves(
    bob.ydoc,
    transaction => transaction.origin === 'server',
    () => stored
  );
  const hear = (): void => {
    const said = encodeStateAsUpdate(bob.ydoc);
    applyUpdate(bob.ydoc, encodeStateAsUpdate(ann.ydoc), 'server');
    applyUpdate(ann.ydoc, said);
    applyUpdate(ann.ydoc, encodeStateAsUpdate(bob.ydoc));
  };
  return { ann, bob, hear };
}

const sources = (notebook: YNotebook): string[] => notebook.cells.map(cell => cell.source);

test('words typed into a cell that is moved meanwhile go with it', () => {
  const { ann, bob, hear } = two();
  ann.moveCell(0, 2);
  bob.cells[0]?.updateSource(3, 3, ' by Bob');
  bob.cells[0]?.updateSource(0, 0, 'Bob: ');
  hear();
  expect(sources(ann)).toEqual(['two', 'three', 'Bob: one by Bob']);
  expect(sources(bob)).toEqual(sources(ann));
});

test('they meet what the other has typed there', () => {
  const { ann, bob, hear } = two();
  ann.moveCell(2, 0);
  ann.cells[0]?.updateSource(0, 0, 'Ann: ');
  bob.cells[2]?.updateSource(5, 5, ' by Bob');
  hear();
  expect(sources(ann)).toEqual(['Ann: three by Bob', 'one', 'two']);
  expect(sources(bob)).toEqual(sources(ann));
});

test('nothing is brought where nothing was typed, or where the cell is gone', () => {
  const { ann, bob, hear } = two();
  ann.moveCell(0, 1);
  ann.deleteCell(2);
  bob.cells[2]?.updateSource(0, 0, 'Bob: ');
  hear();
  expect(sources(bob)).toEqual(['two', 'one']);
  expect(sources(ann)).toEqual(['two', 'one']);
});

test('what the server has is not typed again', () => {
  const { ann, bob, hear } = two();
  ann.moveCell(0, 1);
  hear();
  ann.moveCell(0, 1);
  hear();
  expect(sources(bob)).toEqual(['one', 'two', 'three']);
});

test.each([
  ['abcd', 'abcd', 2, 2],
  ['Xabcd', 'abcd', 2, 3],
  ['abcdX', 'abcd', 2, 2],
  ['aXbcd', 'abcd', 3, 4],
  ['', 'abcd', 2, 0],
  ['abXcd', 'abcd', 2, 2]
])('in %p, what was in %p at %p is at %p', (text, known, at, place) => {
  expect(placeIn(text, known, at)).toBe(place);
});
