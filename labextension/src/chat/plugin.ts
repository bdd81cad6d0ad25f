/** Shows the answers of models in chats while they are written. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';

/**
 * Asks for nothing of the chats: where jupyterlab-chat is switched off, its tokens can't even be
 * loaded, and all of Wove would be missing with them.
 */
export const chatPlugin: JupyterFrontEndPlugin<void> = {
  id: '@jupyter-wove/labextension:chat',
  description: 'Shows the answers of models in chats while they are written.',
  autoStart: true,
  requires: [IRenderMimeRegistry],
  activate: (app: JupyterFrontEnd, rendermime: IRenderMimeRegistry): void => {
    if (app.hasPlugin('jupyterlab-chat/preambleRegistry')) {
      void import('./starting').then(({ start }) => start(app, rendermime));
    }
  }
};
