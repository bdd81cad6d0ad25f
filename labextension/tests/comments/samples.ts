/** Threads to test with. */
import type { Found, Message, Thread } from '../../src/api/models';
import type { Shown } from '../../src/comments/model';

let count = 0;

export function said(handle: string, mentions: string[] = []): Message {
  return {
    id: `m${++count}`,
    author: { id: handle, handle, name: handle },
    text: 'Why?',
    created: '2026-11-23T08:00:00Z',
    edited: null,
    mentions
  };
}

export function thread(
  id: string,
  messages: Message[] = [said('bob')],
  isResolved = false
): Thread {
  const resolved = { by: { handle: 'bob', name: 'Bob' }, at: '2026-11-23T09:00:00Z' };
  return {
    id,
    anchor: { cell: null, quote: null },
    created: '2026-11-23T08:00:00Z',
    resolved: isResolved ? resolved : null,
    messages
  };
}

export function shown(
  of: Thread,
  cell: string | null = null,
  start: number | null = null,
  sure: Found['sure'] = 'certain'
): Shown {
  const range = start === null ? null : { start, end: start + 1 };
  return { thread: of, found: { sure, cell, start, end: range?.end ?? null }, range };
}
