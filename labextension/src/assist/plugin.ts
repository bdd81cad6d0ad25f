/** Asks Wove about the cell where somebody is: to explain, fix, improve, document or test it. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { INotebookTracker } from '@jupyterlab/notebook';

import { IWove } from '../tokens';
import { woveIcon } from '../ui/icons';
import { labels, type Task, TASKS } from './tasks';

const CHATS = 'jupyterlab-chat/preambleRegistry';
const MENU = 'wove:ask-about-cell';
const NOTHING = { args: { type: 'object', properties: {} } } as const;

export const assistPlugin: JupyterFrontEndPlugin<void> = {
  id: '@jupyter-wove/labextension:assist',
  description: 'Asks Wove about a cell: to explain, fix, improve, document or test it.',
  autoStart: true,
  requires: [IWove, IDocumentManager, INotebookTracker],
  optional: [ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    wove: IWove,
    documents: IDocumentManager,
    notebooks: INotebookTracker,
    palette: ICommandPalette | null
  ): void => {
    const { commands, serviceManager } = app;
    const { trans } = wove;
    const isAsked = (): boolean => app.hasPlugin(CHATS) && notebooks.activeCell !== null;
    const ask = async (task: Task): Promise<void> => {
      const { ask: send, whereIn } = await import('./asking');
      const where = whereIn(notebooks, serviceManager.contents);
      try {
        await (where && send(documents, serviceManager.contents, trans, task, where));
      } catch (problem) {
        const { notifyProblem } = await import('../ui');
        notifyProblem(trans, trans.__('Wove could not be asked.'), problem);
      }
    };
    for (const task of TASKS) {
      commands.addCommand(`wove:${task}-cell`, {
        ...labels(trans, task),
        describedBy: NOTHING,
        isEnabled: isAsked,
        execute: () => ask(task)
      });
      palette?.addItem({ command: `wove:${task}-cell`, category: trans.__('Wove') });
    }
    commands.addCommand(MENU, {
      label: trans.__('Ask Wove'),
      caption: trans.__('Ask Wove to explain, fix, improve, document or test this cell'),
      icon: woveIcon,
      describedBy: NOTHING,
      isEnabled: isAsked,
      isVisible: () => app.hasPlugin(CHATS),
      execute: async () => {
        const { openMenu } = await import('./menu');
        openMenu(commands, notebooks.activeCell?.node.querySelector(`[data-command="${MENU}"]`));
      }
    });
  }
};
