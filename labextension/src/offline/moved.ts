/** Words typed into a cell that somebody moved meanwhile: Yjs makes it anew, without them. */
import type { Item, Transaction, YArrayEvent } from 'yjs';
import { type Array as YArray, ContentString, type Doc, isDeleted, Map as YMap, Text } from 'yjs';

/** How far each client's changes are on the server's disk, by its own word. */
export type State = ReadonlyMap<number, number>;

type Cells = YArray<YMap<unknown>>;

/** A text that is gone, as the server knew it, and what it did not know. */
export interface Gone {
  readonly id: unknown;
  readonly known: string;
  /** What was typed, each with the place in what was known. */
  readonly typed: readonly { readonly at: number; readonly words: string }[];
}

/**
 * Bring what the server has not stored yet into the cells that took the place of those in which it
 * was typed. `isRemote` tells whether a change came from the server, `stored` what it has, or null
 * where it does not say. Returns how to stop.
 */
export function followMoves(
  doc: Doc,
  isRemote: (transaction: Transaction) => boolean,
  stored: () => State | null
): () => void {
  const cells: Cells = doc.getArray('cells');
  const look = (event: YArrayEvent<YMap<unknown>>, transaction: Transaction): void => {
    const { deleted } = event.changes;
    const state = deleted.size > 0 && isRemote(transaction) ? stored() : null;
    const gone = state ? [...deleted].flatMap(item => readGone(item, transaction, state)) : [];
    if (gone.length > 0) {
      doc.once('afterAllTransactions', () => doc.transact(() => bring(gone, cells)));
    }
  };
  cells.observe(look);
  return () => cells.unobserve(look);
}

/** Read what was typed in a cell that is deleted right now, and not stored. */
function readGone(item: Item, transaction: Transaction, stored: State): Gone[] {
  const cell: unknown = 'type' in item.content ? item.content.type : null;
  if (!(cell instanceof YMap)) {
    return [];
  }
  const [id] = (cell._map.get('id')?.content.getContent() ?? []) as unknown[];
  const source = cell._map.get('source')?.content;
  const text: unknown = source && 'type' in source ? source.type : null;
  const found = text instanceof Text ? readText(text, transaction, stored) : null;
  return found && found.typed.length > 0 ? [{ id, ...found }] : [];
}

function readText(text: Text, transaction: Transaction, stored: State): Omit<Gone, 'id'> {
  let known = '';
  const typed = [];
  for (let item = text._start; item; item = item.right) {
    const { content, id } = item;
    if (content instanceof ContentString && isDeleted(transaction.deleteSet, id)) {
      const there = Math.max(0, (stored.get(id.client) ?? 0) - id.clock);
      known += content.str.slice(0, there);
      const words = content.str.slice(there);
      if (words) {
        typed.push({ at: known.length, words });
      }
    }
  }
  return { known, typed };
}

function bring(gone: readonly Gone[], cells: Cells): void {
  for (const { id, known, typed } of gone) {
    const source = cells
      .toArray()
      .find(cell => cell.get('id') === id)
      ?.get('source');
    if (source instanceof Text) {
      const places = typed.map(({ at }) => placeIn(source.toJSON(), known, at));
      for (let number = typed.length - 1; number >= 0; number--) {
        source.insert(places[number] ?? 0, typed[number]?.words ?? '');
      }
    }
  }
}

/** Find a place of a text in what became of it: as far from the end that is the same. */
export function placeIn(text: string, known: string, at: number): number {
  let begin = 0;
  while (begin < at && text[begin] === known[begin]) {
    begin++;
  }
  if (begin === at) {
    return at;
  }
  let end = 0;
  while (end < known.length - at && text.at(-1 - end) === known.at(-1 - end)) {
    end++;
  }
  return end === known.length - at ? Math.max(begin, text.length - end) : begin;
}
