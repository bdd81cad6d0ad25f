/** @jest-environment <rootDir>/tests/browser.cjs */
import type { CellChange } from '../../src/api/models';
import { count, fold } from '../../src/history/cells';
import { stateBefore } from '../../src/history/restore';
import { next } from '../../src/history/walking';
import { cell, version } from './samples';

const kinds: CellChange['kind'][] = ['same', 'same', 'changed', 'same', 'added', 'moved', 'same'];

test('cells that stayed are folded between those that did not', () => {
  const shown = fold(kinds.map(kind => cell({ kind })));
  expect(shown.map(each => ('same' in each ? each.same : each.cell.kind))).toEqual([
    2,
    'changed',
    1,
    'added',
    'moved',
    1
  ]);
});

test('changes are counted by their kind', () => {
  const cells = kinds.map(kind => cell({ kind }));
  expect(count({ cells, metadata_changed: false })).toEqual({
    added: 1,
    removed: 0,
    changed: 1,
    moved: 1
  });
});

test('steps lead from change to change and end at the ends', () => {
  expect(next(-1, 3, 1)).toBe(0);
  expect(next(-1, 3, -1)).toBe(2);
  expect(next(1, 3, 1)).toBe(2);
  expect(next(2, 3, 1)).toBeUndefined();
  expect(next(0, 3, -1)).toBeUndefined();
  expect(next(-1, 0, 1)).toBeUndefined();
});

test('a restoration is undone from the snapshot that it took', () => {
  const latest = version({ id: 'old' });
  const history = [version({ id: 'restored' }), version({ id: 'snap', automatic: true }), latest];
  expect(stateBefore(history, latest)).toBe('snap');
});

test('where nothing had changed, it is undone from the version that was the newest', () => {
  const latest = version({ id: 'old', automatic: true });
  const older = version({ id: 'older', automatic: true });
  expect(stateBefore([version({ id: 'restored' }), latest, older], latest)).toBe('old');
  expect(stateBefore([version({ id: 'restored' })], undefined)).toBeUndefined();
});
