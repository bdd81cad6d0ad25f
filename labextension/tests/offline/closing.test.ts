/** @jest-environment <rootDir>/tests/browser.cjs */
import 'fake-indexeddb/auto';
import { waitFor } from '@testing-library/react';

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
});

afterEach(() => tab.close());

async function open(): Promise<void> {
  tab = new Tab(http, server);
  await tab.room.ready;
  await waitFor(() => expect(tab.room.safety.getState().isKept).toBe(true));
}

/** Type without a server in a tab, and close it. */
async function leave(words: string): Promise<void> {
  await open();
  server.store();
  server.isAway = true;
  server.drop();
  tab.type(words);
  await tab.says('kept');
  await new Promise(resolve => setTimeout(resolve, 50)); // a browser writes a moment after the key
  tab.leave();
  server.isAway = false;
}

test('what was typed offline in a tab that was closed is sent by the next one, once', async () => {
  await leave('Alone.');
  await open();
  expect([server.text, tab.model.getSource()]).toEqual(['Begun. Alone.', 'Begun. Alone.']);
});

test('it is unsafe until that one was told that it is stored', async () => {
  await leave('Alone.');
  await open();
  expect(tab.word).toBe('storing');
  server.store();
  expect([tab.unsent, tab.word]).toEqual([0, 'stored']);
});

test('what belongs to another history is offered, and not sent', async () => {
  await leave('Alone.');
  server.replace('Anew.');
  await open();
  await waitFor(() => expect(tab.heard).toHaveLength(1));
  expect(tab.heard[0]).toMatch(/^left behind: wove:.*:first$/);
  expect([server.text, tab.model.getSource()]).toEqual(['Anew.', 'Anew.']);
});
