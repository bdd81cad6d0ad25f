/** @jest-environment <rootDir>/tests/browser.cjs */
import { waitFor } from '@testing-library/react';

import { openTab, type Tab } from './opened';
import { RoomServer } from './server';

let server: RoomServer;
let tab: Tab;

beforeEach(async () => {
  server = new RoomServer('Begun. ');
  tab = await openTab(server);
  await tab.room.ready;
  server.store();
});

afterEach(() => tab.close());

async function away(): Promise<void> {
  server.isAway = true;
  server.drop();
  await tab.says(tab.unsent ? 'only-here' : 'offline');
}

async function back(): Promise<void> {
  server.isAway = false;
  tab.room.connectNow();
  await tab.says(tab.unsent ? 'storing' : 'stored');
}

test('what was typed is unsafe until the server has it on disk, and not only got it', () => {
  tab.type('Ann. ');
  expect(server.text).toBe('Begun. Ann. ');
  expect([tab.unsent, tab.word]).toEqual([1, 'storing']);
  server.store();
  expect([tab.unsent, tab.word]).toEqual([0, 'stored']);
});

test('what the server stored before the last key is not all', () => {
  tab.type('a');
  const stored = server.changes;
  tab.type('b');
  server.store(stored);
  expect(tab.unsent).toBe(1);
});

test('a deletion is a change like any other', () => {
  tab.model.ysource.delete(0, 3);
  expect(tab.unsent).toBe(1);
  server.store();
  expect(tab.unsent).toBe(0);
});

test('what others type is not ours to lose', () => {
  server.doc.getText('source').insert(0, 'Bob. ');
  expect(tab.model.getSource()).toBe('Bob. Begun. ');
  expect(tab.unsent).toBe(0);
});

test('what was typed without the server is counted, sent, and unsafe until stored', async () => {
  await away();
  tab.type('a');
  tab.type('b');
  tab.model.ysource.delete(0, 3);
  expect([tab.unsent, tab.word]).toEqual([3, 'only-here']);
  await back();
  expect(server.text).toBe('un. ab');
  expect(tab.unsent).toBe(3);
  server.store();
  expect(tab.unsent).toBe(0);
});

test('what was on its way when the line broke is not safe because of the next line', async () => {
  server.isDeaf = true;
  tab.type('lost');
  expect(server.text).toBe('Begun. ');
  await away();
  server.isDeaf = false;
  await back();
  server.store(0);
  expect(tab.unsent).toBe(1);
  expect(server.text).toBe('Begun. lost');
  server.store();
  expect(tab.unsent).toBe(0);
});

test('what others typed meanwhile and what was typed here are both there', async () => {
  await away();
  tab.type('Ann.');
  server.doc.getText('source').insert(0, 'Bob. ');
  await back();
  expect(tab.model.getSource()).toBe('Bob. Begun. Ann.');
  expect(server.text).toBe('Bob. Begun. Ann.');
});

test('a line that loses all it is given is given up, and the next one takes what was typed', async () => {
  server.isDeaf = true;
  tab.type('lost');
  await waitFor(() => expect(server.addresses).toHaveLength(2), { timeout: 9000 });
  server.isDeaf = false;
  await waitFor(() => expect(server.text).toBe('Begun. lost'), { timeout: 9000 });
  server.store();
  expect(tab.unsent).toBe(0);
}, 20_000);

test('a browser that has no network any more is offline at once', async () => {
  window.dispatchEvent(new Event('offline'));
  expect(tab.word).toBe('offline');
  await tab.says('stored');
  expect(server.addresses).toHaveLength(2);
});
