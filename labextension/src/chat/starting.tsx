/** What the plugin does once it is known that there are chats. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import {
  IChatCommandRegistry,
  IInputToolbarRegistryFactory,
  IMessagePreambleRegistry
} from '@jupyter/chat';
import React, { useEffect } from 'react';

import { noteAsked } from '../spending/store';
import type { IWove } from '../tokens';
import { Provided } from '../ui/provided';
import { Agree } from './agree';
import { Asked } from './asked';
import { chatCommands } from './commands';
import { Did } from './did';
import { Growing } from './growing';
import { Kept } from './kept';
import { PlanView } from './plan';
import { answerFactory } from './safe';
import { Seen } from './seen';
import { Sight } from './sight';
import { SightButton } from './sight-button';
import { streamsOf } from './streams';
import { TrayButton } from './tray-button';
import { ModeOrTutor, TutorLine } from './tutor';
import { planOf, wordsOf } from './words';

const BESIDE_THE_PERSONA = 6;

export async function start(
  app: JupyterFrontEnd,
  wove: IWove,
  rendermime: IRenderMimeRegistry,
  notebooks: INotebookTracker | null
): Promise<void> {
  rendermime.addFactory(answerFactory);
  await addAnswers(app, wove, rendermime);
  if (notebooks) {
    await addSight(app, wove, new Sight(app.serviceManager.contents, notebooks));
  }
}

/** Shows, above a message, what it was answered by, and what is being written for it. */
async function addAnswers(
  app: JupyterFrontEnd,
  wove: IWove,
  rendermime: IRenderMimeRegistry
): Promise<void> {
  const { trans } = wove;
  const preambles = await app.resolveOptionalService(IMessagePreambleRegistry);
  preambles?.addComponent(({ message }) => (
    <Seen trans={trans} metadata={message.metadata}>
      <Provided wove={wove}>
        <Kept message={message.id} />
      </Provided>
    </Seen>
  ));
  preambles?.addComponent(({ message }) => {
    const plan = planOf(message.metadata);
    return (
      <Provided wove={wove}>
        {plan && <PlanView plan={plan} />}
        <Did metadata={message.metadata} />
      </Provided>
    );
  });
  preambles?.addComponent(({ message }) => (
    <TutorLine trans={trans} metadata={message.metadata} />
  ));
  preambles?.addComponent(({ message }) => {
    const { approval, needsConsent } = wordsOf(message.metadata);
    const isAnswered = message.metadata?.wove !== undefined && message.body !== '';
    useEffect(() => (isAnswered ? noteAsked() : undefined), [isAnswered]);
    return (
      <Provided wove={wove}>
        {approval !== '' && <Asked id={approval} />}
        {needsConsent && <Agree />}
      </Provided>
    );
  });
  preambles?.addComponent(({ model, message }) => {
    const streams = message.body === '' ? streamsOf(model) : null;
    return streams && <Growing streams={streams} id={message.id} rendermime={rendermime} />;
  });
}

/** Says with each message where the person is, if they want that. */
async function addSight(app: JupyterFrontEnd, wove: IWove, sight: Sight): Promise<void> {
  const { trans } = wove;
  const commands = await app.resolveOptionalService(IChatCommandRegistry);
  commands?.addProvider(chatCommands(trans, sight));
  const toolbars = await app.resolveOptionalService(IInputToolbarRegistryFactory);
  if (toolbars) {
    const create = toolbars.create.bind(toolbars);
    toolbars.create = () => {
      const toolbar = create();
      const shown = (): JSX.Element => <SightButton trans={trans} sight={sight} />;
      const mode = (): JSX.Element => (
        <Provided wove={wove}>
          <ModeOrTutor sight={sight} />
        </Provided>
      );
      const tray = (): JSX.Element => <TrayButton wove={wove} sight={sight} />;
      toolbar.addItem('wove-tray', { element: tray, position: BESIDE_THE_PERSONA });
      toolbar.addItem('wove-sight', { element: shown, position: BESIDE_THE_PERSONA });
      toolbar.addItem('wove-mode', { element: mode, position: BESIDE_THE_PERSONA });
      return toolbar;
    };
  }
}
