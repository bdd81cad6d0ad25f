/** @jest-environment <rootDir>/tests/browser.cjs */
import { Rooms } from '../../src/offline/rooms';
import { Sides } from '../../src/offline/sides';
import { openTab, type Tab } from './opened';
import { RoomServer } from './server';

let rooms: Rooms;
let notes: Tab;
let other: Tab;

beforeEach(async () => {
  rooms = new Rooms(new Sides('/'));
  [notes, other] = [await openTab(new RoomServer()), await openTab(new RoomServer())];
  rooms.add(notes.room);
  rooms.add(other.room);
});

afterEach(() => Promise.all([notes.close(), other.close()]));

function current(): unknown {
  return rooms.current.getState().room;
}

test('the room is that of the document one looks at', () => {
  rooms.look(notes.model);
  expect(current()).toBe(notes.room);
  rooms.look(other.model);
  expect(current()).toBe(other.room);
});

test.each([undefined, null, {}])('who looks at %p is in no room', model => {
  rooms.look(notes.model);
  rooms.look(model);
  expect(current()).toBeNull();
});

test('a document that is looked at before it is connected gets its room', async () => {
  const late = await openTab(new RoomServer());
  rooms.look(late.model);
  expect(current()).toBeNull();
  rooms.add(late.room);
  expect(current()).toBe(late.room);
  await late.close();
});

test('a document that was closed is forgotten', () => {
  rooms.look(notes.model);
  notes.model.dispose();
  rooms.look(notes.model);
  expect(current()).toBeNull();
});
