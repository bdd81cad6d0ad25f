/** The command that goes to what a search has found. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { IWove } from '../tokens';
import { number, text } from '../ui/arguments';
import type { Place } from './open-hit';

const OPEN = 'wove:open-hit';

export const searchPlugin: JupyterFrontEndPlugin<void> = {
  id: '@jupyter-wove/labextension:search',
  description: 'Goes to what a search has found.',
  autoStart: true,
  requires: [IWove],
  optional: [INotebookTracker],
  activate: (app: JupyterFrontEnd, wove: IWove, notebooks: INotebookTracker | null): void => {
    const { trans } = wove;
    app.commands.addCommand(OPEN, {
      label: trans.__('Open What Was Found'),
      describedBy: { args: ARGUMENTS },
      execute: async args => {
        const [{ goTo }, { notifyProblem }] = await Promise.all([
          import('./open-hit'),
          import('../ui/dialogs')
        ]);
        const lab = { contents: app.serviceManager.contents, notebooks };
        await goTo(wove, lab, place(args)).catch(error =>
          notifyProblem(trans, trans.__('What was found cannot be shown.'), error)
        );
      }
    });
  }
};

const ARGUMENTS = {
  type: 'object',
  properties: {
    projectId: { type: 'string', description: 'The id of the project' },
    path: { type: ['string', 'null'], description: 'A file in the project' },
    cell: { type: ['integer', 'null'], description: 'The position of a cell, from 0' },
    cellId: { type: ['string', 'null'], description: 'The id of a cell' },
    line: { type: ['integer', 'null'], description: 'A line of the file or the cell, from 0' }
  },
  required: ['projectId']
};

function place(args: ReadonlyPartialJSONObject): Place {
  return {
    projectId: text(args.projectId),
    path: text(args.path) || null,
    cell: number(args.cell),
    cellId: text(args.cellId) || null,
    line: number(args.line)
  };
}
