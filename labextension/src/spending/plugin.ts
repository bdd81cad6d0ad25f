/** What models cost, and what agents wait for: in the status bar, and each in a tab. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { IStatusBar } from '@jupyterlab/statusbar';

import { IWove } from '../tokens';
import { woveIcon } from '../ui/icons';
import { showTab } from '../ui/tab';
import { WovePanel } from '../ui/widget';

const USAGE = 'wove:usage';
const QUESTIONS = 'wove:questions';
const NOTHING = { args: { type: 'object', properties: {} } } as const;

export const spendingPlugin: JupyterFrontEndPlugin<void> = {
  id: '@jupyter-wove/labextension:spending',
  description: 'Shows what models cost, and what agents wait for.',
  autoStart: true,
  requires: [IWove, IRenderMimeRegistry],
  optional: [ICommandPalette, IStatusBar],
  activate: (
    app: JupyterFrontEnd,
    wove: IWove,
    rendermime: IRenderMimeRegistry,
    palette: ICommandPalette | null,
    statusBar: IStatusBar | null
  ): void => {
    const { commands, trans } = wove;
    commands.addCommand(USAGE, {
      label: trans.__('What Models Have Cost'),
      describedBy: NOTHING,
      execute: () =>
        showTab(
          app.shell,
          { id: USAGE, label: trans.__('Models'), icon: woveIcon },
          () => new WovePanel(wove, () => import('./usage'), { rendermime })
        )
    });
    commands.addCommand(QUESTIONS, {
      label: trans.__('Questions of Agents'),
      describedBy: NOTHING,
      execute: () =>
        showTab(
          app.shell,
          { id: QUESTIONS, label: trans.__('Questions'), icon: woveIcon },
          () => new WovePanel(wove, () => import('./questions'), {})
        )
    });
    for (const command of [USAGE, QUESTIONS]) {
      palette?.addItem({ command, category: trans.__('Wove') });
    }
    const item = new WovePanel(wove, () => import('./item'), {});
    item.addClass('wove-StatusItem');
    statusBar?.registerStatusItem('@jupyter-wove/labextension:spending', {
      item,
      align: 'right',
      rank: 5
    });
  }
};
