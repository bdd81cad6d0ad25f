/** Shows the past of documents and projects in the main area, and brings it back. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILayoutRestorer } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';

import { IWoveDesk } from '../tokens';
import { addCommands } from './commands';

export const historyPlugin: JupyterFrontEndPlugin<void> = {
  id: '@jupyter-wove/labextension:history',
  description: 'Shows who did what when, compares versions cell by cell, and restores them.',
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
    const category = desk.wove.trans.__('Wove');
    ['wove:compare', 'wove:history'].forEach(command => palette?.addItem({ command, category }));
  }
};
