/** A place in the page that JupyterLab's renderer of Markdown draws in, sanitised. */
import type { IRenderMime, IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { JSONValue } from '@lumino/coreutils';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';

const MARKDOWN = 'text/markdown';

/** Hands a widget to an element of React's, and takes it back: each must hear it at its time. */
export class Rendered {
  constructor(rendermime: IRenderMimeRegistry, host: HTMLElement, type = MARKDOWN) {
    this._rendermime = rendermime;
    this._type = type;
    this._renderer = rendermime.createRenderer(type);
    MessageLoop.sendMessage(this._renderer, Widget.Msg.BeforeAttach);
    host.append(this._renderer.node);
    MessageLoop.sendMessage(this._renderer, Widget.Msg.AfterAttach);
  }

  /** Draw something that somebody else wrote; done once it is there. */
  async draw(source: JSONValue): Promise<void> {
    const data = { [this._type]: source };
    await this._renderer.renderModel(this._rendermime.createModel({ data, trusted: false }));
  }

  /** Take it out of the page, where React may have taken out all that is around it already. */
  dispose(): void {
    MessageLoop.sendMessage(this._renderer, Widget.Msg.BeforeDetach);
    this._renderer.node.remove();
    MessageLoop.sendMessage(this._renderer, Widget.Msg.AfterDetach);
    this._renderer.dispose();
  }

  private readonly _rendermime: IRenderMimeRegistry;
  private readonly _renderer: IRenderMime.IRenderer;
  private readonly _type: string;
}
