/** Compares versions of projects in the main area, and restores them. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILayoutRestorer } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';

import { IWoveDesk } from '../tokens';
import { addCommands } from './commands';

export const historyPlugin: JupyterFrontEndPlugin<void> = {
  id: '@jupyter-wove/labextension:history',
  description: 'Compares the versions of projects, cell by cell, and restores them.',
  autoStart: true,
  requires: [IWoveDesk],
  optional: [ICommandPalette, ILayoutRestorer],
  activate: (
    _app: JupyterFrontEnd,
    desk: IWoveDesk,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null
  ): void => {
    addCommands(desk, restorer);
    palette?.addItem({ command: 'wove:compare', category: desk.wove.trans.__('Wove') });
  }
};
