/** Apps: what projects become for visitors. Their list, their pages, and what is done with them. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILayoutRestorer } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { Suspense, createElement, lazy } from 'react';

import type { Desk } from '../projects/desk';
import { IWove, IWoveDesk } from '../tokens';
import { addCommands } from './commands';
import { addPages } from './pages';
import { Ways } from './ways';

const PALETTE = ['wove:deploy', 'wove:open-app', 'wove:show-deployments'];

export const deployPlugin: JupyterFrontEndPlugin<void> = {
  id: '@jupyter-wove/labextension:deploy',
  description: 'Deploys projects as pages and apps, and shows how they do.',
  autoStart: true,
  requires: [IWove, IWoveDesk, IDocumentManager, INotebookTracker, IRenderMimeRegistry],
  optional: [ICommandPalette, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    wove: IWove,
    desk: Desk,
    documents: IDocumentManager,
    notebooks: INotebookTracker,
    rendermime: IRenderMimeRegistry,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null
  ): void => {
    const ways = new Ways({ app, wove, documents, notebooks, rendermime });
    addCommands(desk, ways);
    addPages(desk, ways, restorer);
    addSection(desk, ways);
    const category = wove.trans.__('Wove');
    PALETTE.forEach(command => palette?.addItem({ command, category }));
  }
};

function addSection({ place }: Desk, ways: Ways): void {
  const Deployments = lazy(() => import('./section'));
  place.sections.setState(({ all }) => ({
    all: [
      ...all,
      ({ project }) =>
        createElement(Suspense, { fallback: null }, createElement(Deployments, { project, ways }))
    ]
  }));
}
