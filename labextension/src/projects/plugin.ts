/** The left panel *Wove*: the projects of the user. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILayoutRestorer } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';

import { IWove } from '../tokens';
import { woveIcon } from '../ui/icons';
import { WovePanel } from '../ui/widget';

const PANEL = 'jupyter-wove-projects';
const SHOW = 'wove:show-projects';

export const projectsPlugin: JupyterFrontEndPlugin<void> = {
  id: '@jupyter-wove/labextension:projects',
  description: 'Shows your projects in the left sidebar.',
  autoStart: true,
  requires: [IWove],
  optional: [ICommandPalette, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    wove: IWove,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null
  ): void => {
    const panel = createPanel(wove);
    app.shell.add(panel, 'left', { rank: 150, type: 'Wove' });
    restorer?.add(panel, PANEL);
    addCommand(app, wove);
    palette?.addItem({
      command: SHOW,
      category: wove.trans.__('Wove'),
      args: { isPalette: true }
    });
  }
};

function createPanel(wove: IWove): WovePanel {
  const panel = new WovePanel(wove, () => import('./panel'), {});
  panel.id = PANEL;
  panel.title.icon = woveIcon;
  panel.title.caption = wove.trans.__('Wove');
  panel.node.setAttribute('aria-label', wove.trans.__('Wove'));
  return panel;
}

function addCommand(app: JupyterFrontEnd, { trans }: IWove): void {
  app.commands.addCommand(SHOW, {
    label: ({ isPalette }) => (isPalette ? trans.__('Show Wove') : trans.__('Wove')),
    caption: trans.__('Show your projects in the left sidebar'),
    describedBy: {
      args: {
        type: 'object',
        properties: { isPalette: { type: 'boolean', description: 'Whether the palette asks' } }
      }
    },
    execute: () => app.shell.activateById(PANEL)
  });
}
