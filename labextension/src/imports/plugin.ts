/** The command that makes a project of an archive from the user's computer. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { fileUploadIcon } from '@jupyterlab/ui-components';

import { IWove } from '../tokens';

const IMPORT = 'wove:import-archive';

export const importsPlugin: JupyterFrontEndPlugin<void> = {
  id: '@jupyter-wove/labextension:imports',
  description: 'Makes projects of archives.',
  autoStart: true,
  requires: [IWove],
  optional: [ICommandPalette],
  activate: (_app: JupyterFrontEnd, wove: IWove, palette: ICommandPalette | null): void => {
    const { trans } = wove;
    wove.commands.addCommand(IMPORT, {
      label: trans.__('Import Archive as Project…'),
      caption: trans.__('Make a project of a zip or tar file from your computer'),
      icon: fileUploadIcon,
      describedBy: { args: { type: 'object', properties: {} } },
      execute: async () => {
        const { importArchive } = await import('./import');
        await importArchive(wove);
      }
    });
    palette?.addItem({ command: IMPORT, category: trans.__('Wove') });
  }
};
