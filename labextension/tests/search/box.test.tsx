/** @jest-environment <rootDir>/tests/browser.cjs */
import { fireEvent, screen, waitFor } from '@testing-library/react';
import axe from 'axe-core';
import React, { useRef, useState } from 'react';

import type { Completion } from '../../src/search/asked';
import { Box } from '../../src/search/box';
import { charactersOf, fits, fitting, taken } from '../../src/search/completing';
import { Marked } from '../../src/search/hits';
import { cellAt } from '../../src/search/open-hit';
import type { TestServer } from '../api/server';
import { serve } from '../api/server';
import { createWove, draw } from '../ui/draw';

const onOpen = jest.fn();
const onLeave = jest.fn();

function Searching({ count = 3 }: { readonly count?: number }): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const [active, onActive] = useState(-1);
  const [words, onWords] = useState('waves');
  const box = { field, count, active, onActive, words, onWords, onOpen, onLeave };
  return <Box {...box} list="list" isOffered={() => true} />;
}

function box(): HTMLInputElement {
  return screen.getByRole<HTMLInputElement>('combobox');
}

function press(...keys: string[]): void {
  keys.forEach(key => fireEvent.keyDown(box(), { key }));
}

function completion(q: string, kind: Completion['kind'] = 'value'): Completion {
  return { kind, text: q, count: null, q, at: q.length };
}

beforeEach(() => onOpen.mockReset());

describe('without completions', () => {
  beforeEach(() => void draw(<Searching />));

  test.each([
    [['ArrowDown', 'Enter'], 0],
    [['ArrowDown', 'ArrowDown', 'Enter'], 1],
    [['ArrowDown', 'ArrowDown', 'ArrowUp', 'Enter'], 0],
    [['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter'], 2],
    [['Enter'], 0]
  ])('after %j, hit %i is opened', (keys, opened) => {
    press(...keys);
    expect(onOpen.mock.calls).toEqual([[opened]]);
  });

  test('a screen reader is told which hit is chosen', () => {
    press('ArrowDown', 'ArrowDown');
    expect(box().getAttribute('aria-activedescendant')).toBe('list-1');
  });

  test('Escape clears the words', () => {
    press('Escape');
    expect(box().value).toBe('');
  });
});

test('the arrow goes to what was found where it is no list', () => {
  draw(<Searching count={0} />);
  press('ArrowDown');
  expect(onLeave).toHaveBeenCalledTimes(1);
});

describe('with completions', () => {
  let server: TestServer;
  let container: HTMLElement;

  beforeEach(async () => {
    const items = [completion('la:', 'qualifier'), completion('lava', 'word')];
    server = await serve((_request, response) => {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ items }));
    });
    ({ container } = draw(<Searching />, createWove(server.settings)));
    fireEvent.change(box(), { target: { value: 'la' } });
    await screen.findByRole('listbox', { name: 'Completions' });
  });

  afterEach(() => server.close());

  test('they are asked for what stands before the caret', () => {
    expect(server.requests.map(({ url }) => url)).toEqual([
      '/wove/api/search/completions?q=la&at=2'
    ]);
  });

  test.each([
    [['Tab'], 'la:'],
    [['ArrowDown', 'Enter'], 'la:'],
    [['ArrowDown', 'ArrowDown', 'Enter'], 'lava '],
    [['ArrowDown', 'ArrowDown', 'Tab'], 'lava ']
  ])('after %j, the words are “%s”', (keys, words) => {
    press(...keys);
    expect(box().value).toBe(words);
    expect(box().selectionStart).toBe(words.length);
    expect(onOpen).not.toHaveBeenCalled();
  });

  test('a screen reader is told which of them is chosen', () => {
    press('ArrowDown', 'ArrowDown');
    const chosen = box().getAttribute('aria-activedescendant');
    expect(document.getElementById(chosen ?? '')?.textContent).toContain('lava');
  });

  test('Escape takes them away, and leaves the words', async () => {
    press('Escape');
    await waitFor(() => expect(screen.queryByRole('listbox')).toBeNull());
    expect(box().value).toBe('la');
  });

  test('arrows go on from the last of them to the hits', () => {
    press('ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
    expect(onOpen.mock.calls).toEqual([[0]]);
  });

  test('one is taken by a click', () => {
    fireEvent.click(screen.getByRole('option', { name: /lava/ }));
    expect(box().value).toBe('lava ');
  });

  test('they can be used without seeing them', async () => {
    expect((await axe.run(container)).violations.map(({ id }) => id)).toEqual([]);
  });
});

test('of an answer to fewer letters, what goes on from all of them is offered', () => {
  const items = [completion('lang:'), completion('lava'), completion('la')];
  expect(fitting(items, 'la', false).map(({ q }) => q)).toEqual(['lang:', 'lava']);
  expect(fitting(items, 'Lav', true).map(({ q }) => q)).toEqual(['lava']);
});

test.each([
  ['lang:', 'qualifier', false, true],
  ['stars:', 'qualifier', false, false],
  ['lava', 'word', false, false],
  ['python', 'value', false, true],
  ['lang:', 'qualifier', true, false]
] as const)('in code, “%s” (a %s) is offered where it is of use', (q, kind, regex, isOffered) => {
  expect(fits({ where: 'code', regex }, completion(q, kind))).toBe(isOffered);
  expect(fits({ where: 'all', regex }, completion(q, kind))).toBe(true);
});

test('a caret is counted in characters, as the server counts', () => {
  expect(charactersOf('🌊 la', 5)).toBe(4);
  expect(taken({ ...completion('🌊 lang: x'), kind: 'qualifier', at: 7 })).toEqual([
    '🌊 lang: x',
    8
  ]);
});

test('what was found is marked, and markup in it stays text', () => {
  const { container } = draw(
    <Marked
      fragments={[
        { text: '<img src=x>', hit: false },
        { text: 'waves', hit: true }
      ]}
    />
  );
  expect(container.querySelector('img')).toBeNull();
  expect(container.textContent).toBe('<img src=x>waves');
  expect(container.querySelector('mark')?.textContent).toBe('waves');
});

test('a cell is found by its id, else by where it was', () => {
  const widgets = ['a', 'b'].map(id => ({ model: { id } })) as unknown as Parameters<
    typeof cellAt
  >[0]['widgets'];
  expect(cellAt({ widgets }, 'b', 0)).toBe(1);
  expect(cellAt({ widgets }, 'gone', 0)).toBe(0);
  expect(cellAt({ widgets }, 'gone', 9)).toBe(1);
  expect(cellAt({ widgets }, null, null)).toBe(-1);
});
