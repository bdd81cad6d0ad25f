/** @jest-environment <rootDir>/tests/browser.cjs */
import { fireEvent, screen, waitFor } from '@testing-library/react';
import React from 'react';
import { createStore } from 'zustand/vanilla';

import { Composer } from '../../src/comments/composer';
import type { Talked } from '../../src/comments/model';
import { draw } from '../ui/draw';

const store = createStore<Talked>(() => ({
  shown: [],
  isOnline: true,
  role: 'commenter',
  problem: null,
  target: null,
  chosen: ''
}));
const send = jest.fn();

function open(): HTMLTextAreaElement {
  draw(<Composer talk={{ path: 'a.md', store }} keptAs="new" label="Comment" send={send} />);
  return screen.getByRole('textbox', { name: 'Comment' });
}

function press(field: HTMLElement): void {
  fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true });
}

beforeEach(() => {
  send.mockReset();
  localStorage.clear();
  store.setState({ isOnline: true });
});

test('Ctrl+Enter sends, and the field is empty then', async () => {
  const field = open();
  fireEvent.change(field, { target: { value: 'Why?' } });
  press(field);
  await waitFor(() => expect(field.value).toBe(''));
  expect(send).toHaveBeenCalledWith('Why?', expect.stringMatching(/.{36}/));
});

test('without the connection it is kept, also in the next page, and sent later', async () => {
  store.setState({ isOnline: false });
  const field = open();
  fireEvent.change(field, { target: { value: 'Why?' } });
  press(field);
  expect(send).not.toHaveBeenCalled();
  screen.getByText('Needs the connection');
  screen.getByText('What you wrote is kept in this browser.');
  expect(localStorage.getItem('wove-comment:a.md:new')).toBe('Why?');
  store.setState({ isOnline: true });
  await waitFor(() => screen.getByText('Comment'));
  press(field);
  await waitFor(() => expect(localStorage.getItem('wove-comment:a.md:new')).toBeNull());
  expect(send).toHaveBeenCalledTimes(1);
});

test('what was not taken stays, and is sent again as the same', async () => {
  send.mockRejectedValueOnce(new Error('No answer.')).mockResolvedValueOnce(undefined);
  const field = open();
  fireEvent.change(field, { target: { value: 'Why?' } });
  press(field);
  await waitFor(() => expect(send).toHaveBeenCalledTimes(1));
  expect(field.value).toBe('Why?');
  await waitFor(() => {
    press(field);
    expect(send).toHaveBeenCalledTimes(2);
  });
  expect(send.mock.calls[0]).toEqual(send.mock.calls[1]);
});
