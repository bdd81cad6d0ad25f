/** @jest-environment <rootDir>/tests/browser.cjs */
import { act, fireEvent, screen } from '@testing-library/react';
import axe from 'axe-core';
import React from 'react';

import Badge from '../../src/offline/badge';
import { Rooms } from '../../src/offline/rooms';
import { Sides } from '../../src/offline/sides';
import type { Safety } from '../../src/offline/state';
import { draw } from '../ui/draw';
import { problem } from '../api/server';
import { openTab, type Tab } from './opened';
import { RoomServer } from './server';

const WORDS: readonly [string, Partial<Safety> & { wasOnline?: boolean }][] = [
  ['Connecting…', {}],
  ['Connected', { isOnline: true }],
  ['Saved on the server', { isOnline: true, role: 'editor' }],
  ['Saving…', { isOnline: true, role: 'owner', unsent: 2 }],
  ['You can only read', { isOnline: true, role: 'viewer' }],
  ['You can read and suggest', { isOnline: true, role: 'commenter' }],
  ['Offline: all is saved', { wasOnline: true }],
  ['Offline: 1 change kept here', { wasOnline: true, unsent: 1, isKept: true }],
  ['Offline: 3 changes only in this tab', { wasOnline: true, unsent: 3 }],
  ['No access any more', { wasOnline: true, isRefused: true }]
];

let tab: Tab;
let container: HTMLElement;

beforeEach(async () => {
  tab = await openTab(new RoomServer(), problem(503, 'Nobody is there.'));
  const rooms = new Rooms(new Sides('/'));
  rooms.add(tab.room);
  rooms.look(tab.model);
  ({ container } = draw(<Badge rooms={rooms} />));
});

afterEach(() => tab.close());

function become(safety: Partial<Safety> & { wasOnline?: boolean }): void {
  act(() => tab.room.safety.setState(safety));
}

test.each(WORDS)('“%s” can be read, heard and pressed', async (said, safety) => {
  become(safety);
  const button = await screen.findByRole('button', { name: said });
  expect(button.title).toBe(said);
  const { violations, passes } = await axe.run(container);
  expect(violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([]);
  expect(passes.length).toBeGreaterThan(2);
});

test('trouble is announced, and that all is well is not, at each key', () => {
  const heard = (): string | null => screen.getByRole('status').textContent;
  become({ isOnline: true, role: 'editor' });
  expect(heard()).toBe('');
  become({ isOnline: false, wasOnline: true, unsent: 2, isKept: true });
  expect(heard()).toBe('Offline: 2 changes kept here');
});

test('what is stored at once is never called on its way', () => {
  become({ isOnline: true, role: 'editor' });
  become({ unsent: 1 });
  expect(screen.getByRole('button').textContent).toBe('Saved on the server');
  become({ unsent: 0 });
  expect(screen.getByRole('button').textContent).toBe('Saved on the server');
});

test.each(WORDS)('“%s” explains itself', async (said, safety) => {
  become(safety);
  fireEvent.click(await screen.findByRole('button', { name: said }));
  await screen.findByText('Close');
  expect(document.querySelector('.jp-Dialog-header')?.textContent).toBe(said);
  expect(document.querySelector('.jp-Dialog-body')?.textContent).toMatch(/\.$/);
  const reconnect = screen.queryByText('Reconnect now');
  expect(reconnect !== null).toBe(!safety.isOnline);
  fireEvent.click(screen.getByText('Close'));
});

test('without a document there is no badge', () => {
  const drawn = draw(<Badge rooms={new Rooms(new Sides('/'))} />);
  expect(drawn.container.textContent).toBe('');
});
