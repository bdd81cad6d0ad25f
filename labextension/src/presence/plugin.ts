/** Shows who is here, and lets people follow each other. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILabShell } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IGlobalAwareness } from '@jupyter/collaborative-drive';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IStatusBar } from '@jupyterlab/statusbar';
import type { Awareness } from 'y-protocols/awareness';

import { IWoveDesk } from '../tokens';

/** Does nothing where each person edits alone, or where there is no shell to open documents in. */
export const presencePlugin: JupyterFrontEndPlugin<void> = {
  id: '@jupyter-wove/labextension:presence',
  description: 'Shows who is here, and lets people follow each other.',
  autoStart: true,
  requires: [IWoveDesk],
  optional: [IGlobalAwareness, ILabShell, INotebookTracker, IStatusBar, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    desk: IWoveDesk,
    awareness: Awareness | null,
    shell: ILabShell | null,
    notebooks: INotebookTracker | null,
    statusBar: IStatusBar | null,
    palette: ICommandPalette | null
  ): void => {
    if (awareness && shell && notebooks) {
      void app.restored.then(async () => {
        const { meet, show } = await import('./starting');
        show(desk, meet(desk, shell, notebooks, awareness), statusBar);
        const category = desk.wove.trans.__('Wove');
        palette?.addItem({ command: 'wove:stop-following', category });
      });
    }
  }
};
