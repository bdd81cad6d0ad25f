/** The open documents of a project: what is on the screen goes into a version, and back. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { DocumentRegistry, IDocumentWidget } from '@jupyterlab/docregistry';
import type { Contents } from '@jupyterlab/services';
import type { Widget } from '@lumino/widgets';

import { isOnDisk } from './on-disk';

type Context = DocumentRegistry.Context;

const ATTEMPTS = 20;
const PAUSE = 250; // milliseconds

/** Reaches the documents that are open in the main area. */
export class Documents {
  constructor(
    private readonly shell: JupyterFrontEnd.IShell,
    private readonly contents: Contents.IManager
  ) {}

  /** Write what is on the screen into the files of a project's folder. */
  async save(folder: string | null): Promise<void> {
    const writable = this.open(folder).filter(({ model }) => !model.readOnly);
    await Promise.all(writable.map(context => this.write(context)));
  }

  /** Show what lies in the files now; shared documents hear of it from their room. */
  async reload(folder: string | null): Promise<void> {
    const alone = this.open(folder).filter(({ model }) => !model.collaborative);
    const there = await Promise.all(alone.map(({ path }) => this.exists(path)));
    await Promise.all(alone.filter((_, at) => there[at]).map(context => context.revert()));
  }

  /** Close what shows files that are gone. */
  close(folder: string | null): void {
    const gone = [...this.shell.widgets('main')].filter(widget => {
      const path = contextOf(widget)?.path;
      return path !== undefined && lies(path, folder);
    });
    gone.forEach(widget => widget.dispose());
  }

  /**
   * Save a document, and wait until its file holds it.
   *
   * A shared document is written by its room: saving may come before the last words have, and be
   * overtaken by another save. What is late is kept by the next snapshot.
   */
  private async write(context: Context): Promise<void> {
    if (!context.model.collaborative) {
      return context.model.dirty ? context.save() : undefined;
    }
    for (let left = ATTEMPTS; left > 0 && !(await isOnDisk(context, this.contents)); left--) {
      await context.save();
      await new Promise(resolve => setTimeout(resolve, PAUSE));
    }
  }

  private open(folder: string | null): Context[] {
    const contexts = [...this.shell.widgets('main')].flatMap(widget => contextOf(widget) ?? []);
    return [...new Set(contexts)].filter(({ path }) => lies(path, folder));
  }

  private exists(path: string): Promise<boolean> {
    return this.contents.get(path, { content: false }).then(
      () => true,
      () => false
    );
  }
}

/** The context of a widget that shows a document. */
export function contextOf(widget: Widget | null): Context | undefined {
  return widget && 'context' in widget ? (widget as IDocumentWidget).context : undefined;
}

/** Whether a path lies in a folder; both are relative to Jupyter's root. */
export function lies(path: string, folder: string | null): boolean {
  return folder !== null && (folder === '' || folder === '.' || path.startsWith(`${folder}/`));
}
