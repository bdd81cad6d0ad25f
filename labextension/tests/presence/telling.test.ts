/** @jest-environment <rootDir>/tests/browser.cjs */
import { Signal } from '@lumino/signaling';
import type { Awareness } from 'y-protocols/awareness';

import { Presence } from '../../src/presence/model';
import type { Opened } from '../../src/presence/opened';
import type { Place } from '../../src/presence/tabs';
import { readSpot } from '../../src/presence/tabs';
import type { View } from '../../src/presence/view';
import { Whereabouts } from '../../src/presence/whereabouts';
import { Server, signedIn } from './awarenesses';

/** A document that is open in a tab: what JupyterLab would show of it. */
class Document {
  cell: string | null = 'c1';
  place: Place = { at: 'c1', part: 0 };
  moved = (): void => undefined;

  constructor(readonly awareness: Awareness) {}

  onMove(moved: () => void): () => void {
    this.moved = moved;
    return () => undefined;
  }

  scroll(part: number): void {
    this.place = { at: 'c1', part };
    this.moved();
  }
}

let lobby: Server;
let room: Server;
let document_: Document;
let opened: { path: string | null; current: View | null; changed: Signal<object, void> };
let ann: Presence;

beforeEach(async () => {
  jest.useFakeTimers();
  [lobby, room] = [new Server(), new Server()];
  ann = await arrive('ann');
  document_ = new Document(room.join());
  opened = {
    path: 'waves/a.ipynb',
    current: document_ as unknown as View,
    changed: new Signal<object, void>({})
  };
  new Whereabouts(ann, opened as unknown as Opened, () => false);
  room.sent = 0;
});

afterEach(() => {
  lobby.close();
  room.close();
  jest.useRealTimers();
});

async function arrive(username: string): Promise<Presence> {
  const awareness = lobby.join();
  const user = signedIn(username);
  const presence = new Presence(awareness, user);
  awareness.setLocalStateField('user', user.identity);
  await jest.advanceTimersByTimeAsync(0);
  return presence;
}

async function wait(milliseconds: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(milliseconds);
}

function heardBy(other: Awareness): ReturnType<typeof readSpot> {
  return readSpot(other.getStates().get(document_.awareness.clientID));
}

test('everybody hears which document a person looks at', async () => {
  const bob = await arrive('bob');
  ann.say({ isAway: true });
  const tab = bob.store.getState().tabs.find(({ username }) => username === 'ann');
  expect(tab).toMatchObject({ name: 'Ann', path: 'waves/a.ipynb', isAway: true });
});

test('nothing is told where nobody else is in the document', async () => {
  document_.scroll(0.5);
  document_.cell = 'c2';
  document_.moved();
  await wait(1000);
  expect(room.sent).toBe(0);
});

test('who comes hears the cell, and not what is scrolled to', async () => {
  const other = room.join();
  await wait(200);
  expect(heardBy(other)).toEqual({ tab: ann.id, cell: 'c1', place: null });
  room.sent = 0;
  document_.scroll(0.5);
  await wait(1000);
  expect(room.sent).toBe(0);
});

test('what is scrolled to is told while somebody follows, ten times a second at most', async () => {
  const other = room.join();
  const bob = await arrive('bob');
  bob.say({ follows: 'ann' });
  await wait(200);
  room.sent = 0;
  for (let step = 1; step <= 100; step++) {
    document_.scroll(step / 100);
    await wait(10);
  }
  expect(heardBy(other)?.place?.part).toBeGreaterThan(0.85);
  expect(room.sent).toBeGreaterThan(5);
  expect(room.sent).toBeLessThanOrEqual(11);
  bob.say({ follows: '' });
  await wait(200);
  expect(heardBy(other)?.place).toBeNull();
});

test('who turns to another document is in no cell of this one any more', async () => {
  const other = room.join();
  await wait(200);
  Object.assign(opened, { path: 'waves/b.csv', current: null });
  opened.changed.emit();
  expect(heardBy(other)).toBeNull();
});

test('who touches nothing for five minutes is away, until they do', async () => {
  const bob = await arrive('bob');
  const isAway = (): boolean | undefined =>
    bob.store.getState().tabs.find(({ username }) => username === 'ann')?.isAway;
  await wait(4.9 * 60_000);
  expect(isAway()).toBe(false);
  await wait(0.7 * 60_000);
  expect(isAway()).toBe(true);
  window.dispatchEvent(new Event('keydown'));
  expect(isAway()).toBe(false);
});
