/** The widgets that show a document, found by the model that they share. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { Widget } from '@lumino/widgets';

import type { RoomProvider } from './provider';

export interface Shown {
  readonly widget: Widget;
  readonly context: DocumentRegistry.Context;
}

/** Finds what of JupyterLab belongs to a room. */
export class Documents {
  constructor(
    readonly app: JupyterFrontEnd,
    readonly manager: IDocumentManager
  ) {}

  /** The widgets in which a document is shown. */
  of({ options }: RoomProvider): Shown[] {
    return [...this.app.shell.widgets('main')].flatMap(widget => {
      const context = this.manager.contextForWidget(widget);
      return context && context.model.sharedModel === options.model ? [{ widget, context }] : [];
    });
  }

  /** The model of the document that a widget shows. */
  modelOf(widget: Widget | null): unknown {
    return widget ? this.manager.contextForWidget(widget)?.model.sharedModel : undefined;
  }

  /** Show the file anew; nothing that is not on the server stays. */
  reopen(room: RoomProvider): void {
    const shown = this.of(room);
    for (const { widget } of shown) {
      widget.dispose();
    }
    const path = shown[0]?.context.path;
    if (path !== undefined) {
      this.manager.openOrReveal(path);
    }
  }

  /** Write what a document shows into a new file beside it; resolves to its path. */
  async keepCopy(
    { options }: RoomProvider,
    model: RoomProvider['options']['model'],
    who: string
  ): Promise<string> {
    const { contents } = this.app.serviceManager;
    const path = await this.freePath(options.path, who);
    const content = model.getSource();
    const type = options.contentType === 'notebook' ? 'notebook' : 'file';
    await contents.save(path, { type, format: type === 'notebook' ? 'json' : 'text', content });
    return path;
  }

  private async freePath(path: string, who: string): Promise<string> {
    const dot = path.lastIndexOf('.');
    const end = dot > path.lastIndexOf('/') + 1 ? dot : path.length;
    for (let number = 1; ; number++) {
      const beside = `${path.slice(0, end)} (${who}${number > 1 ? ` ${number}` : ''})${path.slice(end)}`;
      if (!(await this.exists(beside))) {
        return beside;
      }
    }
  }

  private async exists(path: string): Promise<boolean> {
    try {
      await this.app.serviceManager.contents.get(path, { content: false });
      return true;
    } catch {
      return false;
    }
  }
}
