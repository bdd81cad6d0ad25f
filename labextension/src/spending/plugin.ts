/** What models cost, and what agents wait for: in the status bar, and each in a tab. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { IStatusBar } from '@jupyterlab/statusbar';
import type { Widget } from '@lumino/widgets';

import { IWove } from '../tokens';
import { woveIcon } from '../ui/icons';
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
        show(app, USAGE, trans.__('Models'), () => {
          return new WovePanel(wove, () => import('./usage'), { rendermime });
        })
    });
    commands.addCommand(QUESTIONS, {
      label: trans.__('Questions of Agents'),
      describedBy: NOTHING,
      execute: () =>
        show(app, QUESTIONS, trans.__('Questions'), () => {
          return new WovePanel(wove, () => import('./questions'), {});
        })
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

/** Show the one tab of this id, which is made where it is not there yet. */
function show({ shell }: JupyterFrontEnd, id: string, label: string, make: () => Widget): void {
  if (![...shell.widgets('main')].some(widget => widget.id === id)) {
    const widget = make();
    widget.id = id;
    widget.title.label = label;
    widget.title.icon = woveIcon;
    widget.title.closable = true;
    shell.add(widget, 'main', { type: 'Wove' });
  }
  shell.activateById(id);
}
