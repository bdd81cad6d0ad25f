/** @jest-environment <rootDir>/tests/browser.cjs */
import 'fake-indexeddb/auto';
import { waitFor } from '@testing-library/react';
import { Doc, encodeStateVector } from 'yjs';

import { isBehind } from '../../src/offline/messages';
import type { TestServer } from '../api/server';
import { serve } from '../api/server';
import { session, Tab } from './opened';
import { RoomServer } from './server';

let http: TestServer;
let server: RoomServer;
let tab: Tab;

beforeEach(async () => {
  http = await serve(session);
  server = new RoomServer('Begun. ');
  tab = await open();
});

afterEach(() => tab.close());

async function open(): Promise<Tab> {
  const opened = new Tab(http, server);
  await opened.room.ready;
  await waitFor(() => expect(opened.room.safety.getState().isKept).toBe(true));
  return opened;
}

/** Type something, and put the server back to what it had before. */
async function typeAndRestore(): Promise<void> {
  const backup = server.backup;
  tab.type('Later. ');
  await waitFor(() => expect(server.text).toBe('Begun. Later. '));
  server.store();
  server.isAway = true;
  server.drop();
  server.restore(backup);
  server.doc.getText('source').insert(7, 'Later. '); // as the file says, which is newer
}

test('an open tab gives a server that was put back nothing of what it lost', async () => {
  await typeAndRestore();
  server.isAway = false;
  await waitFor(() => expect(tab.heard).toEqual(['replaced']), { timeout: 5000 });
  expect(server.text).toBe('Begun. Later. ');
});

test('neither does the tab that is opened next', async () => {
  await typeAndRestore();
  tab.leave();
  server.isAway = false;
  tab = await open();
  await new Promise(resolve => setTimeout(resolve, 50));
  expect([server.text, tab.model.getSource()]).toEqual(['Begun. Later. ', 'Begun. Later. ']);
});

test('what was never sent before is offered', async () => {
  await typeAndRestore();
  tab.type('Alone.');
  await tab.says('kept');
  await new Promise(resolve => setTimeout(resolve, 50));
  tab.leave();
  server.isAway = false;
  tab = await open();
  await waitFor(() => expect(tab.heard).toHaveLength(1));
  expect(tab.heard[0]).toMatch(/^left behind: wove:.*:first$/);
  expect(server.text).toBe('Begun. Later. ');
});

test('what is typed after that is kept where the next tab finds it', async () => {
  await typeAndRestore();
  tab.leave();
  server.isAway = false;
  tab = await open();
  server.store();
  server.isAway = true;
  server.drop();
  tab.type('Alone.');
  await tab.says('kept');
  await new Promise(resolve => setTimeout(resolve, 50));
  tab.leave();
  server.isAway = false;
  tab = await open();
  expect(server.text).toBe('Begun. Later. Alone.');
});

test('a server that has gone on is not behind', () => {
  const [one, other] = [new Doc(), new Doc()];
  one.getText('a').insert(0, 'x');
  expect(isBehind(encodeStateVector(one), encodeStateVector(other))).toBe(false);
  expect(isBehind(encodeStateVector(other), encodeStateVector(one))).toBe(true);
});
