/** @jest-environment <rootDir>/tests/browser.cjs */
import { fireEvent, screen } from '@testing-library/react';
import React, { createRef, useState } from 'react';

import { Box } from '../../src/search/box';
import { Marked } from '../../src/search/hits';
import { cellAt } from '../../src/search/open-hit';
import { draw } from '../ui/draw';

const onOpen = jest.fn();
const field = createRef<HTMLInputElement>();

function Searching(): JSX.Element {
  const [active, onActive] = useState(-1);
  const [words, onWords] = useState('waves');
  return <Box {...{ field, active, onActive, words, onWords, onOpen }} list="list" count={3} />;
}

function press(...keys: string[]): void {
  keys.forEach(key => fireEvent.keyDown(screen.getByRole('combobox'), { key }));
}

beforeEach(() => {
  onOpen.mockReset();
  draw(<Searching />);
});

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
  expect(screen.getByRole('combobox').getAttribute('aria-activedescendant')).toBe('list-1');
});

test('Escape clears the words', () => {
  press('Escape');
  expect(screen.getByRole<HTMLInputElement>('combobox').value).toBe('');
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
