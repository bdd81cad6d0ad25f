/** The left panel *Wove*, the pages of projects, and what can be done with them. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILabShell, ILayoutRestorer, IRouter } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import type { FileBrowser } from '@jupyterlab/filebrowser';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { ILauncher } from '@jupyterlab/launcher';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';

import { IWove, IWoveDesk } from '../tokens';
import { woveIcon } from '../ui/icons';
import { WovePanel } from '../ui/widget';
import { addCommands } from './commands';
import type { Desk } from './desk';
import { Documents } from './documents';
import { followUser } from './following';
import { addPages } from './pages';
import { addRoutes } from './routes';
import { Workplace } from './workplace';

const PANEL = 'jupyter-wove-projects';
const SHOW = 'wove:show-projects';
const PALETTE = [
  'wove:new-project',
  'wove:make-project',
  'wove:open-project',
  'wove:save-version',
  'wove:share',
  'wove:unlist',
  'wove:unpublish',
  'wove:open-page',
  'wove:delete-project'
];

export const projectsPlugin: JupyterFrontEndPlugin<IWoveDesk> = {
  id: '@jupyter-wove/labextension:projects',
  description: 'Shows your projects in the left sidebar, and each on a page of its own.',
  autoStart: true,
  provides: IWoveDesk,
  requires: [IWove, IRenderMimeRegistry],
  optional: [ICommandPalette, ILayoutRestorer, ILauncher, IDefaultFileBrowser, ILabShell, IRouter],
  activate: (
    app: JupyterFrontEnd,
    wove: IWove,
    rendermime: IRenderMimeRegistry,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null,
    launcher: ILauncher | null,
    browser: FileBrowser | null,
    labShell: ILabShell | null,
    router: IRouter | null
  ): IWoveDesk => {
    const { contents } = app.serviceManager;
    const place = new Workplace(wove);
    const desk = { app, wove, place, browser, documents: new Documents(app.shell, contents) };
    followUser(desk, labShell);
    addPanel(desk, restorer);
    addShow(desk);
    addCommands(desk);
    addPages(desk, rendermime, restorer);
    offer(wove, palette, launcher);
    if (router) {
      addRoutes(desk, router);
    }
    return desk;
  }
};

function addPanel({ app, wove, place }: Desk, restorer: ILayoutRestorer | null): void {
  const panel = new WovePanel(wove, () => import('./panel'), { place });
  panel.id = PANEL;
  panel.title.icon = woveIcon;
  panel.title.caption = wove.trans.__('Wove');
  panel.node.setAttribute('aria-label', wove.trans.__('Wove'));
  app.shell.add(panel, 'left', { rank: 150, type: 'Wove' });
  restorer?.add(panel, PANEL);
}

function offer(
  { trans }: IWove,
  palette: ICommandPalette | null,
  launcher: ILauncher | null
): void {
  const category = trans.__('Wove');
  palette?.addItem({ command: SHOW, category, args: { isPalette: true } });
  PALETTE.forEach(command => palette?.addItem({ command, category }));
  launcher?.add({ command: 'wove:new-project', category, args: { isLauncher: true }, rank: 1 });
}

function addShow({ app, wove: { trans } }: Desk): void {
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
