/** @jest-environment <rootDir>/tests/browser.cjs */
import { waitFor } from '@testing-library/react';

import { Sides } from '../../src/offline/sides';
import { openTab, session } from './opened';
import { RoomServer } from './server';

const ROOM = 'wove:suggestion:f1:s1';

afterEach(() => sessionStorage.clear());

test('a copy is shown until the document itself is asked for, also after a reload', () => {
  const sides = new Sides('/');
  sides.show('notes.md', ROOM);
  expect(sides.of('notes.md')).toBe(ROOM);
  expect(new Sides('/').of('notes.md')).toBe(ROOM);
  expect(new Sides('/elsewhere/').of('notes.md')).toBeUndefined();
  sides.show('notes.md', undefined);
  expect(new Sides('/').of('notes.md')).toBeUndefined();
});

test('a copy is edited in its own room, kept under its own name, and has no file to write', async () => {
  const server = new RoomServer('Begun. ');
  const tab = await openTab(server, session, ROOM);
  await tab.room.ready;
  expect(server.addresses[0]?.pathname).toMatch(/\/wove:suggestion:f1:s1$/);
  await waitFor(() => expect(tab.room.keptAs).toContain(`:${ROOM}:first`));
  server.store();
  await tab.says('stored');
  await tab.room.save();
  expect(server.saves).toEqual([]);
  await tab.close();
});
