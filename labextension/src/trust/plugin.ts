/** Says which notebooks run in a sandbox and why a kernel in one ended, and lets people trust projects. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';

import { IWoveDesk } from '../tokens';
// eslint-disable-next-line jupyter/prefer-lazy-imports -- notebooks are followed from the start
import { Bands } from './bands';
import { addCommands, STOP, TRUST } from './commands';
import { tellOfEnds } from './ends';
// eslint-disable-next-line jupyter/prefer-lazy-imports -- before the first kernel may start
import { askFirst } from './first';
import type { Place } from './model';

export const trustPlugin: JupyterFrontEndPlugin<void> = {
  id: '@jupyter-wove/labextension:trust',
  description: 'Says which notebooks run in a sandbox, and lets people trust projects.',
  autoStart: true,
  requires: [IWoveDesk, INotebookTracker],
  optional: [ICommandPalette],
  activate: (
    _app: JupyterFrontEnd,
    desk: IWoveDesk,
    notebooks: INotebookTracker,
    palette: ICommandPalette | null
  ): void => {
    const bands = new Bands(desk);
    const place: Place = { desk, notebooks, bands };
    addCommands(place);
    tellOfEnds(place);
    askFirst(place);
    notebooks.widgetAdded.connect((_, panel) => bands.follow(panel));
    notebooks.forEach(panel => bands.follow(panel));
    const category = desk.wove.trans.__('Wove');
    [TRUST, STOP].forEach(command => palette?.addItem({ command, category }));
  }
};
