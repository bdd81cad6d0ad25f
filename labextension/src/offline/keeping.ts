/** What is typed, kept in this browser until the server has it, also in a tab that was closed. */
import { IndexeddbPersistence, storeState } from 'y-indexeddb';
import type { Doc } from 'yjs';

/** How a document is named in this browser: histories of different epochs must never meet. */
export function keepingName(baseUrl: string, fileId: string, epoch: string): string {
  return `wove:${baseUrl}:${fileId}:${epoch}`;
}

/** Keep a document in this browser; null where the browser does not let us. */
export async function keep(name: string, doc: Doc): Promise<IndexeddbPersistence | null> {
  if (!(await isPossible())) {
    return null;
  }
  const kept = new IndexeddbPersistence(name, doc);
  await kept.whenSynced;
  await storeState(kept); // or each opening would add the whole document once more
  return kept;
}

/** Private windows and some settings forbid it, and say so only when one tries. */
async function isPossible(): Promise<boolean> {
  if (typeof indexedDB === 'undefined') {
    return false;
  }
  return new Promise(resolve => {
    const trial = indexedDB.open('wove');
    trial.onerror = () => resolve(false);
    trial.onsuccess = () => {
      trial.result.close();
      resolve(true);
    };
  });
}
