/** Marks in editors the words that comments are about. */
import type { IEditorExtensionRegistry } from '@jupyterlab/codemirror';
import { EditorExtensionRegistry } from '@jupyterlab/codemirror';
import type { Extension } from '@codemirror/state';
import { RangeSet, StateEffect, StateField } from '@codemirror/state';
import type { DecorationSet } from '@codemirror/view';
import { Decoration, EditorView, ViewPlugin } from '@codemirror/view';
import { Signal } from '@lumino/signaling';

/** Words that a thread is about. */
export interface Marked {
  readonly thread: string;
  readonly start: number;
  readonly end: number;
  readonly isChosen: boolean;
}

const shown = StateEffect.define<readonly Marked[]>();

/** Knows what is marked in each source that is shared. */
export class Highlights {
  /** Something else is marked in a source. */
  readonly changed = new Signal<this, object>(this);

  /** The user clicked on marked words. */
  readonly clicked = new Signal<this, string>(this);

  set(source: object, marked: readonly Marked[]): void {
    if (marked.length > 0 || this.of(source).length > 0) {
      this.marks.set(source, marked);
      this.changed.emit(source);
    }
  }

  of(source: object): readonly Marked[] {
    return this.marks.get(source) ?? [];
  }

  private readonly marks = new WeakMap<object, readonly Marked[]>();
}

/** Have each editor that JupyterLab makes show what is marked in its source. */
export function markInEditors(registry: IEditorExtensionRegistry, highlights: Highlights): void {
  registry.addExtension({
    name: 'wove:comments',
    factory: ({ model }) =>
      EditorExtensionRegistry.createImmutableExtension([
        following(highlights, model.sharedModel),
        drawn,
        clicks(highlights)
      ])
  });
}

const drawn = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, transaction) => {
    const moved = marks.map(transaction.changes);
    const effect = transaction.effects.find(each => each.is(shown));
    return effect?.is(shown) ? decorations(effect.value, transaction.newDoc.length) : moved;
  },
  provide: field => EditorView.decorations.from(field)
});

function decorations(marked: readonly Marked[], length: number): DecorationSet {
  const ranges = marked
    .filter(({ start, end }) => start < end && end <= length)
    .map(({ thread, start, end, isChosen }) =>
      Decoration.mark({
        class: `wove-Commented${isChosen ? ' wove-mod-chosen' : ''}`,
        attributes: { 'data-wove-thread': thread }
      }).range(start, end)
    );
  return RangeSet.of(ranges, true);
}

function following(highlights: Highlights, source: object): Extension {
  return ViewPlugin.define(view => {
    const show = (_: unknown, of: object): void => {
      if (of === source) {
        view.dispatch({ effects: shown.of(highlights.of(source)) });
      }
    };
    highlights.changed.connect(show);
    requestAnimationFrame(() => show(null, source)); // a view that is being made takes nothing
    return { destroy: () => highlights.changed.disconnect(show) };
  });
}

function clicks(highlights: Highlights): Extension {
  return EditorView.domEventHandlers({
    mouseup: ({ target }) => {
      const words = target instanceof Element ? target.closest('[data-wove-thread]') : null;
      const thread = words?.getAttribute('data-wove-thread');
      if (thread) {
        highlights.clicked.emit(thread);
      }
      return false;
    }
  });
}
