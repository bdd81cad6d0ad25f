/** Shows models the notebook that somebody has open, and people what the models write. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';

import { IWove } from '../tokens';

/**
 * Asks for nothing of the chats: where jupyterlab-chat is switched off, its tokens can't even be
 * loaded, and all of Wove would be missing with them. It is done before chats are restored.
 */
export const chatPlugin: JupyterFrontEndPlugin<void> = {
  id: '@jupyter-wove/labextension:chat',
  description: 'Shows models the notebook that is open, and people what the models write.',
  autoStart: true,
  requires: [IWove, IRenderMimeRegistry],
  optional: [INotebookTracker],
  activate: async (
    app: JupyterFrontEnd,
    wove: IWove,
    rendermime: IRenderMimeRegistry,
    notebooks: INotebookTracker | null
  ): Promise<void> => {
    if (app.hasPlugin('jupyterlab-chat/preambleRegistry')) {
      const { start } = await import('./starting');
      await start(app, wove, rendermime, notebooks);
    }
  }
};
