/** What is typed, kept in this browser until the server has it, also in a tab that was closed. */
import { IndexeddbPersistence, storeState } from 'y-indexeddb';
import type { Doc } from 'yjs';

import { isBehind } from './messages';

const OPENED = 'opened';
const UNSENT = 'unsent';
const STORED = 'stored';
/** Milliseconds after which a document that nobody opened again is forgotten. */
const LONG = 30 * 24 * 60 * 60 * 1000;
/** Milliseconds without news after which a document counts as sent. */
const CALM = 1000;

/** How a document is named in this browser: histories of different epochs must never meet. */
export function keepingName(baseUrl: string, fileId: string, epoch: string): string {
  return `wove:${baseUrl}:${fileId}:${epoch}`;
}

/**
 * The name under which a document is kept now.
 *
 * It is a new one where the server has less than this browser was told: what it typed since comes
 * from another history, though it has the same epoch.
 */
export async function placeFor(name: string, server: Uint8Array | null): Promise<string> {
  const newest = (await known(name)).sort().pop();
  if (newest === undefined) {
    return name;
  }
  const told = (await read(newest, STORED)) as Uint8Array | undefined;
  return told && server && isBehind(server, told) ? `${name}.${Date.now()}` : newest;
}

/** A document as this browser keeps it. */
export class Kept {
  constructor(private readonly store: IndexeddbPersistence) {
    void store.set(OPENED, Date.now());
    // An earlier page may have left the mark in its last second.
    void store.get(UNSENT).then(left => {
      this.isMarked ||= Boolean(left);
    });
  }

  /** Note whether the server has all of it, so that a later page knows. */
  mark(unsent: number): void {
    clearTimeout(this.calm);
    if (unsent > 0 && !this.isMarked) {
      this.isMarked = true;
      void this.store.set(UNSENT, 1);
    } else if (unsent === 0 && this.isMarked) {
      this.calm = setTimeout(() => {
        this.isMarked = false;
        void this.store.set(UNSENT, 0);
      }, CALM);
    }
  }

  /** Note what the server has on its disk, by its own word. */
  remember(state: Uint8Array): void {
    this.told ??= setTimeout(this.write, CALM);
    this.newest = state;
  }

  close(): void {
    clearTimeout(this.calm);
    if (this.told) {
      clearTimeout(this.told);
      this.write();
    }
    void this.store.destroy();
  }

  private readonly write = (): void => {
    this.told = undefined;
    void this.store.set(STORED, this.newest);
  };

  private isMarked = false;
  private newest = new Uint8Array();
  private told: ReturnType<typeof setTimeout> | undefined;
  private calm?: ReturnType<typeof setTimeout>;
}

/** Keep a document in this browser; null where the browser does not let us. */
export async function keep(name: string, doc: Doc): Promise<Kept | null> {
  if (!(await isPossible())) {
    return null;
  }
  const store = new IndexeddbPersistence(name, doc);
  await store.whenSynced;
  await storeState(store); // or each opening would add the whole document once more
  return new Kept(store);
}

/** The other histories of the same file that hold what was never sent; those that do not go. */
export async function leftBehind(name: string): Promise<string[]> {
  const document = name.slice(0, name.lastIndexOf(':') + 1);
  const found = [];
  for (const other of await known(document)) {
    if (other !== name) {
      if (await read(other, UNSENT)) {
        found.push(other);
      } else {
        forget(other);
      }
    }
  }
  return found;
}

/** Read what was kept under a name into a document. */
export async function readInto(name: string, doc: Doc): Promise<void> {
  const store = new IndexeddbPersistence(name, doc);
  await store.whenSynced;
  await store.destroy();
}

/** Read what was kept under a name into a document, where it was never sent. */
export async function readUnsent(name: string, doc: Doc): Promise<void> {
  if ((await known(name)).includes(name) && (await read(name, UNSENT))) {
    await readInto(name, doc);
  }
}

export function forget(name: string): void {
  indexedDB.deleteDatabase(name);
}

/** Forget documents that were all sent, and that nobody has opened for a month. */
export async function forgetOld(baseUrl: string): Promise<void> {
  for (const name of await known(`wove:${baseUrl}:`)) {
    const opened = Number((await read(name, OPENED)) ?? 0);
    if (opened < Date.now() - LONG && !(await read(name, UNSENT))) {
      forget(name);
    }
  }
}

async function known(beginning: string): Promise<string[]> {
  try {
    const databases = await indexedDB.databases();
    return databases.flatMap(({ name }) => (name?.startsWith(beginning) ? name : []));
  } catch {
    return []; // older browsers do not tell
  }
}

function read(name: string, key: string): Promise<unknown> {
  return new Promise(resolve => {
    const opening = indexedDB.open(name);
    opening.onerror = () => resolve(undefined);
    opening.onsuccess = () => {
      const database = opening.result;
      const done = (value: unknown): void => {
        database.close();
        resolve(value);
      };
      if (!database.objectStoreNames.contains('custom')) {
        return done(undefined);
      }
      const reading = database.transaction('custom').objectStore('custom').get(key);
      reading.onsuccess = () => done(reading.result);
      reading.onerror = () => done(undefined);
    };
  });
}

/** Private windows and some settings forbid it, and say so only when one tries. */
async function isPossible(): Promise<boolean> {
  return new Promise(resolve => {
    try {
      const trial = indexedDB.open('wove');
      trial.onerror = () => resolve(false);
      trial.onsuccess = () => {
        trial.result.close();
        resolve(true);
      };
    } catch {
      resolve(false);
    }
  });
}
