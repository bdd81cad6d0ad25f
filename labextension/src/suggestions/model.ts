/** The suggestions for the open documents, kept in step with the server. */
import { Signal } from '@lumino/signaling';
import { createStore } from 'zustand/vanilla';

import type { SuggestedChange, Suggestion } from '../api/models';
import type { RoomProvider } from '../offline/provider';
import type { Rooms } from '../offline/rooms';

/** The key in a document's state that the server changes when there is something new. */
const NEWS = 'suggestions';
/** Milliseconds until a server that was busy or away is asked again. */
const AGAIN = 3000;

/** One change of one suggestion. */
export interface Entry {
  readonly key: string;
  readonly suggestion: Suggestion;
  readonly change: SuggestedChange;
}

interface Seen {
  readonly entries: readonly Entry[];
  /** The entry that the user is at; '' for none. */
  readonly chosen: string;
}

export type Ask = (path: string) => Promise<Suggestion[]>;

/** The suggestions for one document. */
export class Review {
  constructor(
    readonly room: RoomProvider,
    private readonly ask: Ask
  ) {
    const { model } = room.options;
    model.ydoc.getMap('state').observe(({ keysChanged }) => {
      if (keysChanged.has(NEWS)) {
        this.refresh();
      }
    });
    room.safety.subscribe((now, before) => {
      if (now.isOnline && !before.isOnline) {
        this.refresh();
      }
    });
    void room.ready.then(this.refresh).catch(() => undefined);
  }

  readonly seen = createStore<Seen>(() => ({ entries: [], chosen: '' }));

  /** Ask the server again; what comes while it is asked is asked for once more. */
  readonly refresh = (): void => {
    if (!this.isWaiting) {
      this.isWaiting = true;
      this.asked = this.asked.then(this.look);
    }
  };

  choose(chosen: string): void {
    this.seen.setState({ chosen });
  }

  /** The entry that the user is at. */
  get chosen(): Entry | undefined {
    const { entries, chosen } = this.seen.getState();
    return entries.find(({ key }) => key === chosen);
  }

  private readonly look = async (): Promise<void> => {
    this.isWaiting = false;
    if (this.room.isDisposed) {
      return;
    }
    try {
      const entries = listed(await this.ask(this.room.options.path));
      this.seen.setState({ entries });
    } catch (error) {
      const { ProblemError } = await import('../api/problem');
      if (ProblemError.of(error).passing) {
        setTimeout(this.refresh, AGAIN);
      }
    }
  };

  private asked: Promise<void> = Promise.resolve();
  private isWaiting = false;
}

/** The suggestions for all open documents. */
export class Reviews {
  constructor(
    private readonly rooms: Rooms,
    private readonly ask: Ask
  ) {
    rooms.current.subscribe(({ room }) => this.look(room));
  }

  /** How many changes are suggested for the document that the user looks at. */
  readonly counted = new Signal<this, number>(this);

  readonly current = createStore<{ review: Review | null }>(() => ({ review: null }));

  /** Follow the suggestions for a document. */
  follow(room: RoomProvider): Review {
    const review = new Review(room, this.ask);
    this.reviews.set(room, review);
    review.seen.subscribe(this.count);
    this.look(this.rooms.current.getState().room);
    return review;
  }

  private look(room: RoomProvider | null): void {
    this.current.setState({ review: (room && this.reviews.get(room)) ?? null });
    this.count();
  }

  private readonly count = (): void => {
    const { review } = this.current.getState();
    this.counted.emit(review?.seen.getState().entries.length ?? 0);
  };

  private readonly reviews = new WeakMap<RoomProvider, Review>();
}

/** The changes of all suggestions, one by one. */
export function listed(suggestions: readonly Suggestion[]): Entry[] {
  return suggestions.flatMap(suggestion =>
    suggestion.changes.map(change => ({
      key: `${suggestion.id}/${change.cell}`,
      suggestion,
      change
    }))
  );
}

/** Group entries by the cell at which they are shown; `first` stands for cells that are gone. */
export function byCell(
  entries: readonly Entry[],
  cells: readonly string[]
): Map<string, readonly Entry[]> {
  const known = new Set(cells);
  const found = new Map<string, readonly Entry[]>();
  for (const entry of entries) {
    const place = known.has(entry.change.cell) ? entry.change.cell : (entry.change.after ?? '');
    const shown = known.has(place) ? place : (cells[0] ?? '');
    found.set(shown, [...(found.get(shown) ?? []), entry]);
  }
  return found;
}

/** The entry some steps from another one, in the order of cells, and around at the ends. */
export function step(
  entries: readonly Entry[],
  cells: readonly string[],
  chosen: string,
  by: 1 | -1
): Entry | undefined {
  const grouped = byCell(entries, cells);
  const ordered = cells.flatMap(cell => grouped.get(cell) ?? []);
  const all = ordered.length === entries.length ? ordered : entries;
  const at = all.findIndex(({ key }) => key === chosen);
  const next = at === -1 ? (by === 1 ? 0 : all.length - 1) : at + by + all.length;
  return all[all.length ? next % all.length : 0];
}
