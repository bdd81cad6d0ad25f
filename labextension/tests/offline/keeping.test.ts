import 'fake-indexeddb/auto';
import { Doc } from 'yjs';

import {
  forgetOld,
  keep,
  type Kept,
  keepingName,
  leftBehind,
  readInto
} from '../../src/offline/keeping';

const HERE = 'http://localhost/';
const FIRST = keepingName(HERE, 'f1', 'e1');
const SECOND = keepingName(HERE, 'f1', 'e2');
const DAY = 24 * 60 * 60 * 1000;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

afterEach(() => jest.restoreAllMocks());

function saying(words: string): Doc {
  const doc = new Doc();
  doc.getText('source').insert(0, words);
  return doc;
}

async function kept(name: string, unsent = 0): Promise<Kept> {
  const found = await keep(name, saying(name));
  found?.mark(unsent);
  return found!;
}

async function names(): Promise<string[]> {
  await new Promise(resolve => setTimeout(resolve, 50)); // what is deleted goes a moment later
  const databases = await indexedDB.databases();
  return databases.flatMap(({ name }) => (name?.startsWith('wove:') ? name : [])).sort();
}

function entries(name: string): Promise<number> {
  return new Promise(resolve => {
    const opening = indexedDB.open(name);
    opening.onsuccess = () => {
      const counting = opening.result.transaction('updates').objectStore('updates').count();
      counting.onsuccess = () => resolve(counting.result);
    };
  });
}

async function after(days: number): Promise<string[]> {
  const then = Date.now() + days * DAY;
  jest.spyOn(Date, 'now').mockReturnValue(then);
  await forgetOld(HERE);
  return names();
}

test('files, histories and servers have names of their own', () => {
  const other = keepingName('http://localhost/user/bob/', 'f1', 'e1');
  expect(new Set([FIRST, SECOND, other, keepingName(HERE, 'f2', 'e1')]).size).toBe(4);
});

test('what was typed is there on the next page', async () => {
  const page = saying('Typed ');
  const closed = await keep(FIRST, page);
  page.getText('source').insert(6, 'and closed.');
  closed?.close();
  const next = new Doc();
  await keep(FIRST, next);
  expect(next.getText('source').toJSON()).toBe('Typed and closed.');
});

test('to open a document again and again keeps it no larger', async () => {
  (await kept(FIRST)).close();
  for (let opening = 0; opening < 5; opening++) {
    (await keep(FIRST, new Doc()))?.close();
    await names();
  }
  expect(await entries(FIRST)).toBeLessThanOrEqual(2);
});

test('what was kept can be read without being kept again', async () => {
  (await kept(FIRST, 1)).close();
  const read = new Doc();
  await readInto(FIRST, read);
  expect(read.getText('source').toJSON()).toBe(FIRST);
  read.getText('source').delete(0, 5);
  expect(await leftBehind(SECOND)).toEqual([FIRST]);
});

test('a browser that forbids to keep anything says so', async () => {
  jest.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  });
  expect(await keep(FIRST, new Doc())).toBeNull();
});

test('only another history of the same file that was not sent is left behind', async () => {
  (await kept(FIRST, 2)).close();
  (await kept(SECOND, 1)).close();
  (await kept(keepingName(HERE, 'f10', 'e1'), 1)).close();
  expect(await leftBehind(SECOND)).toEqual([FIRST]);
  expect(await names()).toHaveLength(3);
});

test('a history that was sent is forgotten with the next one', async () => {
  (await kept(FIRST)).close();
  await kept(SECOND);
  expect(await leftBehind(SECOND)).toEqual([]);
  expect(await names()).toEqual([SECOND]);
});

test('what was sent counts as sent after a calm moment, and not while typing goes on', async () => {
  const page = await kept(FIRST, 3);
  page.mark(0);
  page.mark(1);
  await new Promise(resolve => setTimeout(resolve, 1200));
  expect(await leftBehind(SECOND)).toEqual([FIRST]);
  page.mark(0);
  await new Promise(resolve => setTimeout(resolve, 1200));
  page.close();
  expect(await leftBehind(SECOND)).toEqual([]);
});

test('a document is forgotten a month after it was opened last', async () => {
  (await kept(FIRST)).close();
  expect(await after(29)).toEqual([FIRST]);
  expect(await after(2)).toEqual([]);
});

test('what was never sent is never forgotten', async () => {
  (await kept(FIRST, 1)).close();
  expect(await after(400)).toEqual([FIRST]);
});

test('what another server on the same address is kept for stays', async () => {
  const other = keepingName(`${HERE}user/bob/`, 'f1', 'e1');
  (await kept(other)).close();
  expect(await after(400)).toEqual([other]);
});
