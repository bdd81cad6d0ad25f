/** @jest-environment <rootDir>/tests/browser.cjs */
import { act, fireEvent, screen } from '@testing-library/react';
import React from 'react';

import { SearchBox } from '../../src/ui/search-box';
import { draw } from './draw';

const onSearch = jest.fn();

function field(): HTMLInputElement {
  return screen.getByRole('searchbox', { name: 'Find projects' });
}

function type(value: string): void {
  fireEvent.change(field(), { target: { value } });
}

function rest(): void {
  act(() => void jest.advanceTimersByTime(1000));
}

beforeEach(() => {
  jest.useFakeTimers();
  onSearch.mockReset();
  draw(<SearchBox label="Find projects" onSearch={onSearch} />);
});

afterEach(() => jest.useRealTimers());

test('it asks once, when the user rests', () => {
  type('wa');
  type('waves');
  expect(onSearch).not.toHaveBeenCalled();
  rest();
  expect(onSearch.mock.calls).toEqual([['waves']]);
});

test('Enter asks at once, and the rest does not ask again', () => {
  type('waves');
  fireEvent.keyDown(field(), { key: 'Enter' });
  rest();
  expect(onSearch.mock.calls).toEqual([['waves']]);
});

test('Escape empties the field', () => {
  type('waves');
  rest();
  fireEvent.keyDown(field(), { key: 'Escape' });
  rest();
  expect(onSearch.mock.calls).toEqual([['waves'], ['']]);
  expect(field().value).toBe('');
});

test('nothing typed, nothing asked', () => {
  rest();
  expect(onSearch).not.toHaveBeenCalled();
});
