/** @jest-environment <rootDir>/tests/browser.cjs */
import { screen } from '@testing-library/react';
import axe from 'axe-core';
import React from 'react';

import type { CellChange, FileDiff } from '../../src/api/models';
import { Shown } from '../../src/history/file-diff';
import { FileList } from '../../src/history/file-list';
import { draw } from '../ui/draw';
import { cell } from './samples';

function notebook(...cells: CellChange[]): FileDiff {
  return { path: 'a.ipynb', notebook: { cells, metadata_changed: false }, text: null };
}

test('every kind of change is said in words', () => {
  draw(
    <Shown
      file={notebook(
        cell({ kind: 'added', cell_type: 'markdown', old_index: null, new_index: 1 }),
        cell({ kind: 'removed', old_index: 4, new_index: null }),
        cell({ kind: 'changed', new_index: 2 }),
        cell({ kind: 'moved', moved: true, old_index: 6, new_index: 3 }),
        cell({ kind: 'same' })
      )}
    />
  );
  const names = screen.getAllByRole('article').map(each => each.getAttribute('aria-label'));
  expect(names).toEqual([
    'Markdown cell 2 was added',
    'Code cell 5 was removed',
    'Code cell 3 was changed',
    'Code cell moved from place 7 to 4'
  ]);
  expect(screen.getByText('1 cell stays')).toBeTruthy();
});

test('lines are told apart by a sign and by a word, not by colour alone', () => {
  const source: CellChange['source'] = [
    { op: '=', text: '', count: 9 },
    { op: ' ', text: 'kept', count: 1 },
    { op: '-', text: 'old', count: 1 },
    { op: '+', text: 'new', count: 1 }
  ];
  draw(<Shown file={notebook(cell({ source }))} />);
  const rows = [...document.querySelectorAll('.wove-Line')].map(row => row.textContent);
  expect(rows).toEqual(['⋯9 lines stay', ' kept', '-Removed:old', '+Added:new']);
});

test('outputs are shown in short, before and after', () => {
  const none = { count: 0, mime_types: [], text: '', truncated: false };
  const plot = { count: 1, mime_types: ['image/png'], text: '<b>no markup</b>', truncated: true };
  draw(
    <Shown
      file={notebook(cell({ outputs_changed: true, old_outputs: none, new_outputs: plot }))}
    />
  );
  expect(screen.getByText('Output before: none')).toBeTruthy();
  expect(screen.getByText('Output after: image/png')).toBeTruthy();
  expect(screen.getByText('<b>no markup</b>…')).toBeTruthy();
});

test('a binary file, and one that is too large, say why there is nothing to see', () => {
  const text = { binary: true, truncated: true, hunks: [] };
  draw(<Shown file={{ path: 'a.bin', notebook: null, text }} />);
  expect(screen.getByText(/It is no text/)).toBeTruthy();
  expect(screen.getByText(/too large/)).toBeTruthy();
});

test('changed files can be told apart and chosen without seeing them', async () => {
  const files = [
    { path: 'a.md', old_path: null, status: 'changed' },
    { path: 'c.md', old_path: 'b.md', status: 'renamed' }
  ] as const;
  const { container } = draw(<FileList files={files} chosen="a.md" onChoose={() => undefined} />);
  expect(screen.getByRole('button', { name: 'a.md changed', current: true })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'b.md → c.md renamed' })).toBeTruthy();
  expect((await axe.run(container)).violations).toEqual([]);
});
