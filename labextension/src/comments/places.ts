/** Follows what comments are about, while people type around it. */
import type { ISharedCell, ISharedNotebook, YDocument, DocumentChange } from '@jupyter/ydoc';
import type { RelativePosition, Text } from 'yjs';
import {
  createAbsolutePositionFromRelativePosition,
  createRelativePositionFromTypeIndex
} from 'yjs';

import type { Found, Thread } from '../api/models';
import type { Content } from './anchors';
import { find, unit } from './anchors';

/** What JupyterLab shares: a notebook has `cells`, a text is its own source. */
export type Model = YDocument<DocumentChange>;

/** Words in JavaScript's own counting. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Place {
  readonly found: Found;
  /** Null where no words are meant, or none can be told. */
  readonly range: Range | null;
}

interface Followed {
  readonly found: Found;
  readonly start: RelativePosition;
  readonly end: RelativePosition;
}

/** The places of the comments of one open document. */
export class Places {
  constructor(private readonly model: Model) {}

  find(threads: readonly Thread[]): Map<string, Place> {
    const content = contentOf(this.model);
    return new Map(threads.map(thread => [thread.id, this.place(thread, content)]));
  }

  private place(thread: Thread, content: Content): Place {
    const kept = this.kept(thread.id);
    if (kept) {
      return kept;
    }
    const found = find(thread.anchor, content);
    const text = this.textOf(found.cell);
    if (found.start === null || found.end === null || !text) {
      return { found, range: null };
    }
    const source = text.toJSON();
    const range = { start: unit(source, found.start), end: unit(source, found.end) };
    this.followed.set(thread.id, {
      found,
      start: createRelativePositionFromTypeIndex(text, range.start),
      end: createRelativePositionFromTypeIndex(text, range.end, -1)
    });
    return { found, range };
  }

  /** Where the same letters are now; null once none of them is left. */
  private kept(id: string): Place | null {
    const known = this.followed.get(id);
    const text = known && this.textOf(known.found.cell);
    if (!known || !text) {
      return null;
    }
    const start = createAbsolutePositionFromRelativePosition(known.start, this.model.ydoc);
    const end = createAbsolutePositionFromRelativePosition(known.end, this.model.ydoc);
    if (start?.type !== text || end?.type !== text || start.index >= end.index) {
      this.followed.delete(id);
      return null;
    }
    return { found: known.found, range: { start: start.index, end: end.index } };
  }

  private textOf(cell: string | null): Text | undefined {
    return sourceOf(
      cell === null ? this.model : cellsOf(this.model)?.find(({ id }) => id === cell)
    );
  }

  private readonly followed = new Map<string, Followed>();
}

/** The cells of a notebook; null for a text. */
export function cellsOf(model: object): readonly ISharedCell[] | null {
  return 'cells' in model ? (model as ISharedNotebook).cells : null;
}

export function contentOf(model: Model): Content {
  const cells = cellsOf(model);
  return cells
    ? cells.map(cell => ({ id: cell.id, type: cell.cell_type, source: cell.source }))
    : (sourceOf(model)?.toJSON() ?? '');
}

function sourceOf(model: object | undefined): Text | undefined {
  return model && 'ysource' in model ? (model.ysource as Text) : undefined;
}
