/** Helps to name people: whom what was typed after an @ can mean. */
import type { PersonRef } from '../api/models';

const MOST = 5;

/** What is typed of a handle just before the cursor; null where none is. */
export function begunHandle(text: string, cursor: number): string | null {
  return /(?:^|[^\p{L}\p{N}_@/.`])@([\p{L}\p{N}_.-]*)$/u.exec(text.slice(0, cursor))?.[1] ?? null;
}

/** The people whose handle begins so, or a word of whose name does. */
export function meant(people: readonly PersonRef[], begun: string): PersonRef[] {
  const sought = begun.toLowerCase();
  return people
    .filter(({ handle, name }) =>
      [handle, ...name.toLowerCase().split(/\s+/)].some(word => word.startsWith(sought))
    )
    .slice(0, MOST);
}

/** Put a handle in the place of what was typed of it; where the cursor is then comes second. */
export function called(text: string, cursor: number, handle: string): [string, number] {
  const begun = begunHandle(text, cursor) ?? '';
  const before = `${text.slice(0, cursor - begun.length)}${handle} `;
  return [before + text.slice(cursor), before.length];
}
