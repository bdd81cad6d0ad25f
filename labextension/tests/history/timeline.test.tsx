/** @jest-environment <rootDir>/tests/browser.cjs */
import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, screen } from '@testing-library/react';
import React from 'react';

import type { Moment } from '../../src/api/models';
import { cellsOf } from '../../src/history/asking';
import { ALL, peopleIn, suits } from '../../src/history/filtering';
import { MomentList } from '../../src/history/moment-list';
import { meant, title, who } from '../../src/history/words';
import { draw } from '../ui/draw';

const ANN = { handle: 'ann', name: 'Ann Lee' };
const BOB = { handle: 'bob', name: 'Bob' };
const trans = nullTranslator.load('jupyter_wove');

function moment(part: Partial<Moment>): Moment {
  return {
    id: 'e1',
    kind: 'edits',
    began: '2026-01-01T10:00:00Z',
    at: '2026-01-01T10:05:00Z',
    people: [ANN],
    others: [],
    name: null,
    number: null,
    message: '',
    automatic: false,
    ...part
  };
}

test('a moment is called by its name, or by who worked on it', () => {
  expect(title(trans, moment({ people: [ANN, BOB] }))).toBe('Ann Lee, Bob');
  expect(title(trans, moment({ people: [], others: ['disk'] }))).toBe('A change on disk');
  expect(title(trans, moment({ kind: 'checkpoint', name: 'Before the talk' }))).toBe(
    'Before the talk'
  );
  expect(title(trans, moment({ kind: 'version', number: 3 }))).toBe('Version 3');
  expect(title(trans, moment({ kind: 'version' }))).toBe('A git commit');
  expect(title(trans, moment({ kind: 'version', automatic: true }))).toBe('Automatic version');
  expect(title(trans, moment({ kind: 'start', people: [] }))).toBe('The oldest that is kept');
});

test('that a document was opened is only said where nobody worked on it', () => {
  expect(who(trans, moment({ others: ['file'] }))).toBe('Ann Lee');
  expect(who(trans, moment({ people: [], others: ['file'] }))).toBe('Opened from its file');
});

test('what comes back is said by its name, or by its time', () => {
  expect(meant(trans, moment({ kind: 'checkpoint', name: 'Draft' }))).toBe('“Draft”');
  expect(meant(trans, moment({}))).toContain('the document of 1/1/2026');
});

test('moments are chosen by their kind and by a person', () => {
  const edits = moment({});
  const named = moment({ kind: 'checkpoint', people: [BOB] });
  expect([edits, named].map(each => suits(each, ALL))).toEqual([true, true]);
  expect([edits, named].map(each => suits(each, { ...ALL, kind: 'edits' }))).toEqual([
    true,
    false
  ]);
  expect([edits, named].map(each => suits(each, { ...ALL, person: 'bob' }))).toEqual([
    false,
    true
  ]);
  expect(peopleIn([named, edits, edits])).toEqual([ANN, BOB]);
});

test('a notebook is read by its cells and a text is not', () => {
  const file = JSON.stringify({ cells: [{ id: 'a', cell_type: 'code', source: ['x'] }] });
  expect(cellsOf('a.ipynb', file).map(({ id }) => id)).toEqual(['a']);
  expect(cellsOf('a.md', '# {')).toEqual([]);
});

test('the keys go from moment to moment, each under its day', () => {
  const chosen: string[] = [];
  const moments = [
    moment({ id: 'e3', at: '2026-01-02T10:00:00Z' }),
    moment({ id: 'e2', kind: 'checkpoint', name: 'Draft' }),
    moment({ id: 'e1', people: [BOB] })
  ];
  draw(<MomentList moments={moments} chosen="e3" onChoose={id => chosen.push(id)} />);
  const rows = screen.getAllByRole('button');
  rows[0]?.focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'Home', 'End', 'ArrowUp']) {
    fireEvent.keyDown(document.activeElement ?? document.body, { key });
  }
  expect(chosen).toEqual(['e3', 'e2', 'e1', 'e3', 'e1', 'e2']);
  expect(document.querySelectorAll('.wove-Moments-day')).toHaveLength(2);
});
