/** @jest-environment <rootDir>/tests/browser.cjs */
import { waitFor } from '@testing-library/react';

import { NOTICE, REFUSED } from '../../src/offline/messages';
import { problem } from '../api/server';
import { openTab, type Tab } from './opened';
import { RoomServer } from './server';

let server: RoomServer;
let tab: Tab;

beforeEach(() => {
  server = new RoomServer('Begun. ');
});

afterEach(() => tab.close());

async function open(): Promise<void> {
  tab = await openTab(server);
  await tab.room.ready;
}

async function again(): Promise<void> {
  const known = server.addresses.length;
  tab.room.connectNow();
  await waitFor(() => expect(server.addresses.length).toBeGreaterThan(known), { timeout: 4000 });
}

function parameters(at: number): Record<string, string> {
  return Object.fromEntries(server.addresses[at]?.searchParams ?? []);
}

test('a document is asked for by its session, and as one that knows Wove', async () => {
  await open();
  expect(tab.http.requests[0]?.url).toMatch(/^\/api\/collaboration\/session\/notes\.md\b/);
  expect(server.addresses[0]?.pathname).toBe('/api/collaboration/room/text:file:f1');
  expect(parameters(0)).toEqual({ sessionId: 's1', wove: '1' });
});

test('it is ready once it holds what the server has, and not when it is welcome', async () => {
  server.isSilent = true;
  tab = await openTab(server);
  let isReady = false;
  void tab.room.ready.then(() => (isReady = true));
  await waitFor(() => expect(tab.room.safety.getState().role).toBe('owner'));
  expect([isReady, tab.model.getSource()]).toEqual([false, '']);
  server.isSilent = false;
  server.drop();
  await tab.room.ready;
  expect(tab.model.getSource()).toBe('Begun. ');
});

test('whoever comes again says which history they have', async () => {
  await open();
  server.drop();
  await again();
  await tab.says('storing');
  expect(parameters(1)).toEqual({ sessionId: 's1', wove: '1', epoch: 'first' });
});

test('whoever asks for a new session says it too', async () => {
  await open();
  await tab.room.reconnect();
  await waitFor(() => expect(server.addresses).toHaveLength(2));
  expect(parameters(1)).toEqual({ sessionId: 's1', wove: '1', epoch: 'first' });
});

test('an old history never meets a new one', async () => {
  await open();
  server.replace('Anew.');
  server.drop();
  await again();
  expect(tab.heard).toEqual(['replaced']);
  tab.type('lost');
  tab.room.connectNow();
  await new Promise(resolve => setTimeout(resolve, 300));
  expect([server.text, server.changes, server.addresses.length]).toEqual(['Anew.', 0, 2]);
  expect(tab.model.getSource()).toBe('Begun. lost');
});

test('after the server began anew nothing is called saved any more', async () => {
  await open();
  server.store();
  server.drop(4410, 'replaced');
  tab.type('lost');
  expect(tab.word).toBe('only-here');
});

test('a server that finds another history while it runs ends it as well', async () => {
  await open();
  server.tell(2, { type: 'conflict' });
  expect(tab.heard).toEqual(['replaced']);
});

test('whose role changed comes again, and learns what it is now', async () => {
  await open();
  server.store();
  server.role = 'viewer';
  server.drop(4403, 'role');
  await again();
  await tab.says('reading');
  tab.type('not taken');
  expect([tab.unsent, server.text]).toEqual([0, 'Begun. ']);
});

test('whoever is not let in again has no access any more', async () => {
  await open();
  server.isAway = true;
  server.drop(4403, 'role');
  await tab.says('refused');
  server.isAway = false;
  await again();
  expect(tab.word).not.toBe('refused');
});

test('a role that changed once makes no lost network a refusal later', async () => {
  await open();
  server.drop(4403, 'role');
  await again();
  await tab.says('storing');
  server.isAway = true;
  server.drop();
  await again();
  expect(tab.room.safety.getState()).toMatchObject({ isOnline: false, isRefused: false });
});

test('what the server says is passed on, and whether it is bad news', async () => {
  await open();
  server.tell(REFUSED, { detail: 'You can only read.' });
  server.tell(NOTICE, { detail: 'The file was replaced.' });
  expect(tab.heard).toEqual(['warning: You can only read.', 'info: The file was replaced.']);
});

test('a page that is too old is told so once, and knocks no more', async () => {
  await open();
  server.drop(1003, 'version_mismatch');
  tab.room.connectNow();
  await new Promise(resolve => setTimeout(resolve, 300));
  expect(tab.heard).toEqual(['expired: version_mismatch']);
  expect(server.addresses).toHaveLength(1);
  expect(tab.word).toBe('only-here');
});

test('a file that cannot be opened says why', async () => {
  server.isSilent = true;
  tab = await openTab(server);
  await waitFor(() => expect(tab.room.safety.getState().isOnline).toBe(true));
  server.drop(4404, 'Error initializing: notes.md.');
  await expect(tab.room.ready).rejects.toThrow('Error initializing: notes.md.');
});

test('a file without a session says why', async () => {
  tab = await openTab(server, problem(403, 'You may not.'));
  await expect(tab.room.ready).rejects.toThrow('Forbidden');
  expect(server.addresses).toEqual([]);
});

test('a document that was closed sends nothing', async () => {
  await open();
  tab.room.dispose();
  tab.type('late');
  expect([server.text, tab.room.isDisposed]).toEqual(['Begun. ', true]);
});
