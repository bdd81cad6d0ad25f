/** @jest-environment <rootDir>/tests/browser.cjs */
import { OwnMoves } from '../../src/presence/own-moves';

let moves = 0;
let own: OwnMoves;

beforeEach(() => {
  moves = 0;
  const [page, panel, dialog] = ['page', 'panel', 'jp-Dialog'].map(name => {
    const node = document.createElement('div');
    node.className = name;
    return node;
  });
  document.body.replaceChildren(page as Node, panel as Node, dialog as Node);
  own = new OwnMoves(
    () => node('page'),
    () => moves++
  );
  own.watch();
});

afterEach(() => own.rest());

function node(name: string): HTMLElement {
  return document.querySelector(`.${name}`) as HTMLElement;
}

function does(event: Event, where: string): number {
  node(where).dispatchEvent(event);
  return moves;
}

function key(name: string): KeyboardEvent {
  return new KeyboardEvent('keydown', { key: name, bubbles: true });
}

test.each(['pointerdown', 'wheel', 'touchmove'])('%s in the document is a move', name => {
  expect(does(new Event(name, { bubbles: true }), 'page')).toBe(1);
});

test('a key in the document is a move, a modifier alone is none', () => {
  expect(does(key('Shift'), 'page')).toBe(0);
  expect(does(key('x'), 'page')).toBe(1);
});

test('what happens beside the document is no move, but for Escape', () => {
  expect(does(key('x'), 'panel')).toBe(0);
  expect(does(new Event('wheel', { bubbles: true }), 'panel')).toBe(0);
  expect(does(key('Escape'), 'panel')).toBe(1);
});

test('Escape in a dialog closes the dialog only', () => {
  expect(does(key('Escape'), 'jp-Dialog')).toBe(0);
});

test('who follows nobody moves as they like', () => {
  own.rest();
  expect(does(key('x'), 'page')).toBe(0);
});
