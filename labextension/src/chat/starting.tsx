/** What the plugin does once it is known that there are chats. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { TranslationBundle } from '@jupyterlab/translation';
import {
  IChatCommandRegistry,
  IInputToolbarRegistryFactory,
  IMessagePreambleRegistry
} from '@jupyter/chat';
import React from 'react';

import { Growing } from './growing';
import { Seen } from './seen';
import { Sight } from './sight';
import { SightButton } from './sight-button';
import { streamsOf } from './streams';

const BESIDE_THE_PERSONA = 6;

export async function start(
  app: JupyterFrontEnd,
  trans: TranslationBundle,
  rendermime: IRenderMimeRegistry,
  notebooks: INotebookTracker | null
): Promise<void> {
  await addAnswers(app, trans, rendermime);
  if (notebooks) {
    await addSight(app, trans, new Sight(app.serviceManager.contents, notebooks));
  }
}

/** Shows, above a message, what it was answered by, and what is being written for it. */
async function addAnswers(
  app: JupyterFrontEnd,
  trans: TranslationBundle,
  rendermime: IRenderMimeRegistry
): Promise<void> {
  const preambles = await app.resolveOptionalService(IMessagePreambleRegistry);
  preambles?.addComponent(({ message }) => <Seen trans={trans} metadata={message.metadata} />);
  preambles?.addComponent(({ model, message }) => {
    const streams = message.body === '' ? streamsOf(model) : null;
    return streams && <Growing streams={streams} id={message.id} rendermime={rendermime} />;
  });
}

/** Says with each message where the person is, if they want that. */
async function addSight(
  app: JupyterFrontEnd,
  trans: TranslationBundle,
  sight: Sight
): Promise<void> {
  const commands = await app.resolveOptionalService(IChatCommandRegistry);
  commands?.addProvider({
    id: '@jupyter-wove/labextension:sight',
    listCommandCompletions: () => Promise.resolve([]),
    onSubmit: input => {
      input.updateMetadata({ wove: sight.shown });
      return Promise.resolve();
    }
  });
  const toolbars = await app.resolveOptionalService(IInputToolbarRegistryFactory);
  if (toolbars) {
    const create = toolbars.create.bind(toolbars);
    toolbars.create = () => {
      const toolbar = create();
      const element = (): JSX.Element => <SightButton trans={trans} sight={sight} />;
      toolbar.addItem('wove-sight', { element, position: BESIDE_THE_PERSONA });
      return toolbar;
    };
  }
}
