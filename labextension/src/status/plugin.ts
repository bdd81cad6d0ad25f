/** The status bar item: which project, which version, how many changes since. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IStatusBar } from '@jupyterlab/statusbar';

import { IWoveDesk } from '../tokens';
import { WovePanel } from '../ui/widget';

export const statusPlugin: JupyterFrontEndPlugin<void> = {
  id: '@jupyter-wove/labextension:status',
  description: 'Shows in the status bar how far the current project is saved.',
  autoStart: true,
  requires: [IWoveDesk, IStatusBar],
  activate: (_app: JupyterFrontEnd, desk: IWoveDesk, statusBar: IStatusBar): void => {
    const { wove, place } = desk;
    const item = new WovePanel(wove, () => import('./item'), { place });
    item.addClass('wove-StatusItem');
    statusBar.registerStatusItem('@jupyter-wove/labextension:status', {
      item,
      align: 'left',
      rank: 20
    });
  }
};
