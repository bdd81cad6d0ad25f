/** @jest-environment <rootDir>/tests/browser.cjs */
import { RAW } from '../../src/offline/messages';
import { openTab, type Tab } from './opened';
import { RoomServer } from './server';

let server: RoomServer;
let tab: Tab;

beforeEach(async () => {
  server = new RoomServer('Begun. ');
  tab = await openTab(server);
  await tab.room.ready;
});

afterEach(() => tab.close());

function reply(responseTo: number, status: string): void {
  server.tell(RAW, { type: 'save', responseTo, status });
}

test.each(['success', 'skipped'])('a save that ended in %s is over', async status => {
  const saved = tab.room.save();
  expect(server.saves).toEqual([1]);
  reply(1, status);
  await expect(saved).resolves.toBeUndefined();
});

test('a save that failed says that nothing is lost', async () => {
  const saved = tab.room.save();
  reply(1, 'failed');
  await expect(saved).rejects.toThrow('What you typed is kept.');
});

test('each save has its own answer', async () => {
  const [first, second] = [tab.room.save(), tab.room.save()];
  reply(2, 'failed');
  await expect(second).rejects.toThrow('could not write the file');
  reply(1, 'success');
  await expect(first).resolves.toBeUndefined();
});

test('without the server nothing is saved, and it says so', async () => {
  server.isAway = true;
  server.drop();
  await expect(tab.room.save()).rejects.toThrow('The server is away.');
  expect(server.saves).toEqual([]);
});

test.each([
  ['the network', () => server.drop()],
  ['the tab', () => tab.room.dispose()]
])('a save does not wait for ever when %s goes', async (_, go) => {
  const saved = tab.room.save();
  go();
  await expect(saved).rejects.toThrow('The connection ended before the file was saved.');
});
