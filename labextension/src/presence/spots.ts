/** Where others are in the documents that are open here. */
import type { Awareness } from 'y-protocols/awareness';
import { createStore } from 'zustand/vanilla';

import { AtMost } from './at-most';
import type { Opened } from './opened';
import { readSpot } from './tabs';
import type { View } from './view';

const PAUSE = 100; // milliseconds

/** A tab that is in a cell of an open document. */
export interface InCell {
  readonly tab: number;
  readonly view: View;
  readonly cell: string;
  /** Counted from 1. */
  readonly number: number;
}

/** Looks at the states of all who are in the open documents. */
export class Spots {
  readonly store = createStore<{ readonly all: readonly InCell[] }>(() => ({ all: [] }));

  constructor(private readonly opened: Opened) {
    opened.changed.connect(this.listen);
    this.listen();
  }

  private readonly listen = (): void => {
    const heard = new Set(this.opened.views.map(({ awareness }) => awareness));
    for (const awareness of this.heard) {
      awareness.off('change', this.looking.ask);
    }
    for (const awareness of heard) {
      awareness.on('change', this.looking.ask);
    }
    this.heard = heard;
    this.looking.ask();
  };

  private readonly looking = new AtMost(PAUSE, () => {
    const all = this.opened.views.flatMap(inCells);
    if (gist(all) !== gist(this.store.getState().all)) {
      this.store.setState({ all });
    }
  });

  private heard = new Set<Awareness>();
}

function inCells(view: View): InCell[] {
  const { awareness } = view;
  return [...awareness.getStates()].flatMap(([client, state]) => {
    const spot = client === awareness.clientID ? null : readSpot(state);
    const number = spot?.cell ? view.numberOf(spot.cell) : undefined;
    return spot?.cell && number ? [{ tab: spot.tab, view, cell: spot.cell, number }] : [];
  });
}

function gist(all: readonly InCell[]): string {
  return JSON.stringify(
    all.map(({ tab, cell, number, view }) => [tab, cell, number, view.widget.id])
  );
}
