/** What each tab says about its person. Other browsers write it, so nothing is believed unread. */

/** The field of an awareness state that is ours. */
export const FIELD = 'wove';

/** What a tab tells to all who use the server. */
export interface Said {
  /** The document that its person looks at, relative to Jupyter's root. */
  readonly path: string | null;
  /** When the person last turned to this tab, in milliseconds since 1970. */
  readonly seen: number;
  /** Whether nothing was touched for minutes. */
  readonly isAway: boolean;
  /** The name of the person who is followed; '' for nobody. */
  readonly follows: string;
}

export interface Tab extends Said {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly colour: string;
}

/** What the top of a view shows. */
export interface Place {
  /** The first thing that is seen: the id of a cell, or the number of a line. */
  readonly at: string | number;
  /** How much of it is scrolled away, from 0 to 1. */
  readonly part: number;
}

/** Where a person is in one document; told to those who are in it too. */
export interface Spot {
  readonly tab: number;
  readonly cell: string | null;
  readonly place: Place | null;
}

/** Read what a tab says; null where it does not say who it is. */
export function readTab(id: number, state: unknown): Tab | null {
  const { user, [FIELD]: said } = record(state);
  const { username, display_name, name, color } = record(user);
  if (typeof username !== 'string' || username === '') {
    return null;
  }
  const { path, seen, isAway, follows } = record(said);
  return {
    id,
    username,
    name: text(display_name) || text(name) || username,
    colour: text(color),
    path: text(path) || null,
    seen: typeof seen === 'number' ? seen : 0,
    isAway: isAway === true,
    follows: text(follows)
  };
}

/** Read where a tab is in a document; null where it does not say. */
export function readSpot(state: unknown): Spot | null {
  const { tab, cell, place } = record(record(state)[FIELD]);
  return typeof tab === 'number'
    ? { tab, cell: text(cell) || null, place: readPlace(place) }
    : null;
}

function readPlace(place: unknown): Place | null {
  const { at, part } = record(place);
  const isPlace = (typeof at === 'string' || typeof at === 'number') && typeof part === 'number';
  return isPlace ? { at, part: Math.min(Math.max(part, 0), 1) } : null;
}

function record(value: unknown): Partial<Record<string, unknown>> {
  return value !== null && typeof value === 'object' ? value : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
