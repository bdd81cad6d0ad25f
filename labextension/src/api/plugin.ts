/** Connects JupyterLab to the Wove server, for every other plugin. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { IWove } from '../tokens';
import { createApi } from './client';
import { createQueries } from './queries';
import { createStream } from './stream';

export const apiPlugin: JupyterFrontEndPlugin<IWove> = {
  id: '@jupyter-wove/labextension:api',
  description: 'Connects JupyterLab to the Wove server.',
  autoStart: true,
  provides: IWove,
  optional: [ITranslator],
  activate: (app: JupyterFrontEnd, translator: ITranslator | null): IWove => {
    const settings = app.serviceManager.serverSettings;
    return {
      api: createApi(settings),
      stream: createStream(settings),
      queries: createQueries(),
      commands: app.commands,
      trans: (translator ?? nullTranslator).load('jupyter_wove')
    };
  }
};
