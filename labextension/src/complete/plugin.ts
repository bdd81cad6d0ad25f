/** Proposes what somebody could want to type next, once they have switched that on. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICompletionProviderManager } from '@jupyterlab/completer';
import { INotebookTracker } from '@jupyterlab/notebook';

import { IWove } from '../tokens';
// eslint-disable-next-line jupyter/prefer-lazy-imports -- a provider is registered whole
import { WoveCompleter } from './provider';

export const completePlugin: JupyterFrontEndPlugin<void> = {
  id: '@jupyter-wove/labextension:complete',
  description: 'Proposes what somebody could want to type next.',
  autoStart: true,
  requires: [IWove, ICompletionProviderManager],
  optional: [INotebookTracker],
  activate: (
    app: JupyterFrontEnd,
    wove: IWove,
    completers: ICompletionProviderManager,
    notebooks: INotebookTracker | null
  ): void => {
    const { serverSettings } = app.serviceManager;
    completers.registerInlineProvider(new WoveCompleter(serverSettings, wove.trans, notebooks));
  }
};
