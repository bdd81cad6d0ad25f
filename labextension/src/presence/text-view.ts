/** What can be followed of a text file: its lines. */
import type { EditorView } from '@codemirror/view';
import type { YFile } from '@jupyter/ydoc';
import type { IDocumentWidget } from '@jupyterlab/docregistry';
import type { Awareness } from 'y-protocols/awareness';
import { createAbsolutePositionFromRelativePosition, createRelativePositionFromJSON } from 'yjs';

import type { Place, Spot } from './tabs';
import type { View } from './view';
import { settle } from './view';

/** Where a line stands that is brought into sight: this far below the top. */
const HEADROOM = 80; // pixels

export class TextView implements View {
  constructor(
    readonly widget: IDocumentWidget,
    private readonly editor: EditorView
  ) {}

  readonly cell = null;

  get awareness(): Awareness {
    return this.model.awareness;
  }

  get place(): Place {
    const { state, scrollDOM, documentTop } = this.editor;
    const seen = Math.max(0, scrollDOM.getBoundingClientRect().top - documentTop);
    const { from, top, height } = this.editor.lineBlockAtHeight(seen);
    return { at: state.doc.lineAt(from).number, part: height ? (seen - top) / height : 0 };
  }

  numberOf(): undefined {
    return undefined;
  }

  async show({ place }: Spot, state: unknown): Promise<void> {
    if (typeof place?.at === 'number') {
      const { at, part } = place;
      await settle(this.editor.scrollDOM, () => this.offset(at, part, 0));
    } else {
      const line = this.lineOf(state);
      if (line !== null) {
        await settle(this.editor.scrollDOM, () => this.offset(line, 0, HEADROOM));
      }
    }
  }

  onMove(moved: () => void): () => void {
    const { scrollDOM } = this.editor;
    scrollDOM.addEventListener('scroll', moved, { passive: true });
    return () => scrollDOM.removeEventListener('scroll', moved);
  }

  /** How far the view is from showing so much of a line at its top; null where nothing moves. */
  private offset(number: number, part: number, headroom: number): number | null {
    const { state, scrollDOM, documentTop } = this.editor;
    const line = state.doc.line(Math.min(Math.max(number, 1), state.doc.lines));
    const { top, height } = this.editor.lineBlockAt(line.from);
    const by =
      documentTop + top + part * height - scrollDOM.getBoundingClientRect().top - headroom;
    const most = scrollDOM.scrollHeight - scrollDOM.clientHeight - scrollDOM.scrollTop;
    return Math.min(Math.max(by, -scrollDOM.scrollTop), most);
  }

  /** The line of a person's cursor, as their editor tells it. */
  private lineOf(state: unknown): number | null {
    const { cursors } = (state ?? {}) as { cursors?: readonly { head?: unknown }[] };
    const head = cursors?.[0]?.head;
    if (!head) {
      return null;
    }
    const { ydoc, ysource } = this.model;
    const place = createRelativePositionFromJSON(head);
    const found = createAbsolutePositionFromRelativePosition(place, ydoc);
    const { doc } = this.editor.state;
    return found?.type === ysource ? doc.lineAt(Math.min(found.index, doc.length)).number : null;
  }

  private get model(): YFile {
    return this.widget.context.model.sharedModel as YFile;
  }
}
