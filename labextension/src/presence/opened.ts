/** The open documents, each as a view that can be followed. */
import type { ILabShell } from '@jupyterlab/application';
import type { IDocumentWidget } from '@jupyterlab/docregistry';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import type { Widget } from '@lumino/widgets';
import type { EditorView } from '@codemirror/view';

import { contextOf } from '../projects/documents';
import { NotebookView } from './notebook-view';
import { TextView } from './text-view';
import type { View } from './view';

/** Knows which documents are open, and at which one the person looks. */
export class Opened {
  /** Documents came or went, or the person turned to another one. */
  readonly changed = new Signal<this, void>(this);

  constructor(
    private readonly shell: ILabShell,
    private readonly notebooks: INotebookTracker,
    private readonly contents: Contents.IManager
  ) {
    shell.layoutModified.connect(this.look);
    shell.currentChanged.connect(this.look);
    this.look();
  }

  /** All that can be followed. */
  get views(): View[] {
    return [...this.found.values()];
  }

  /** The document that the person looks at, where it can be followed. */
  get current(): View | null {
    const { currentWidget } = this.shell;
    return (currentWidget && this.found.get(currentWidget)) ?? null;
  }

  /** The path of the document that the person looks at, of whatever kind. */
  get path(): string | null {
    return this.pathOf(this.shell.currentWidget);
  }

  /** The path of what a widget shows, relative to Jupyter's root; null for what is not there. */
  pathOf(widget: Widget | null): string | null {
    const path = contextOf(widget)?.path;
    const isHere = path !== undefined && this.contents.driveName(path) === '';
    return isHere ? this.contents.localPath(path) : null;
  }

  private readonly look = (): void => {
    const widgets = new Set(this.shell.widgets('main'));
    for (const widget of this.found.keys()) {
      if (!widgets.has(widget)) {
        this.found.delete(widget);
      }
    }
    widgets.forEach(this.meet);
    this.changed.emit();
  };

  private readonly meet = (widget: Widget): void => {
    const context = contextOf(widget);
    if (!context || this.found.has(widget)) {
      return;
    }
    if (!context.isReady) {
      void context.ready.then(this.look, () => undefined); // JupyterLab says that it did not open
      return;
    }
    const view = context.model.collaborative ? this.viewOf(widget) : null;
    if (view) {
      this.found.set(widget, view);
    }
  };

  private viewOf(widget: Widget): View | null {
    if (this.notebooks.has(widget)) {
      return new NotebookView(widget as NotebookPanel);
    }
    const { content } = widget as IDocumentWidget & {
      content: { editor?: { editor?: EditorView } };
    };
    const editor = content.editor?.editor;
    return editor ? new TextView(widget as IDocumentWidget, editor) : null;
  }

  private readonly found = new Map<Widget, View>();
}
