/** What the plugin does once it is known that there are chats. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { IMessagePreambleRegistry } from '@jupyter/chat';
import React from 'react';

import { Growing } from './growing';
import { streamsOf } from './streams';

/** Shows, where a message is empty still, what is being written for it. */
export async function start(app: JupyterFrontEnd, rendermime: IRenderMimeRegistry): Promise<void> {
  const preambles = await app.resolveOptionalService(IMessagePreambleRegistry);
  preambles?.addComponent(({ model, message }) => {
    const streams = message.body === '' ? streamsOf(model) : null;
    return streams && <Growing streams={streams} id={message.id} rendermime={rendermime} />;
  });
}
