/** What can be seen and followed of an open document, of whatever kind it is. */
import type { IDocumentWidget } from '@jupyterlab/docregistry';
import type { Awareness } from 'y-protocols/awareness';

import type { Place, Spot } from './tabs';

/** An open document that is edited together. */
export interface View {
  readonly widget: IDocumentWidget;
  readonly awareness: Awareness;
  /** The id of the cell that is worked in; null where there are none. */
  readonly cell: string | null;
  /** What its top shows. */
  readonly place: Place | null;
  /** The number of a cell, from 1; undefined where it has none of that id. */
  numberOf(cell: string): number | undefined;
  /** Show what somebody else sees, or at least where their cursor is. */
  show(spot: Spot, state: unknown): Promise<void>;
  /** Call back when a person scrolls, or works in another cell; returns what ends it. */
  onMove(moved: () => void): () => void;
}

const ATTEMPTS = 3;

/** Scroll until something stands where it should: what is not drawn yet has a guessed height. */
export async function settle(area: HTMLElement, offset: () => number | null): Promise<void> {
  for (let left = ATTEMPTS; left > 0; left--) {
    const by = offset();
    if (by === null || Math.abs(by) < 1) {
      return;
    }
    area.scrollTop += by;
    await new Promise(requestAnimationFrame);
  }
}
