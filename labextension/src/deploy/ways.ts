/** The ways from an app into the rest of JupyterLab: to a cell, to the chat, to a plot. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { PathExt } from '@jupyterlab/coreutils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { Widget } from '@lumino/widgets';

import { unwrap } from '../api/client';
import type { DeployedApp, Deployment } from '../api/models';
import type { IWove } from '../tokens';
import { plain } from './words';

const CHATS = 'jupyterlab-chat/preambleRegistry';
const NO_FOLDER = 'The folder of the project lies outside of what this Jupyter server shows.';
const NOBODY = 'You do not work on the project of this app.';
/** Characters of a traceback that a model is told; its end says the most. */
const MOST = 6000;

interface Parts {
  readonly app: JupyterFrontEnd;
  readonly wove: IWove;
  readonly documents: IDocumentManager;
  readonly notebooks: INotebookTracker;
  readonly rendermime: IRenderMimeRegistry;
}

export class Ways {
  constructor(private readonly parts: Parts) {}

  get rendermime(): IRenderMimeRegistry {
    return this.parts.rendermime;
  }

  get baseUrl(): string {
    return this.parts.app.serviceManager.serverSettings.baseUrl;
  }

  /** Whether there are chats to ask in. */
  get hasChats(): boolean {
    return this.parts.app.hasPlugin(CHATS);
  }

  /** Open a file of the project of an app, a notebook at its code cell of this number, from 1. */
  async showCell(app: DeployedApp, path: string, cell: number | null): Promise<string | null> {
    const { wove, notebooks } = this.parts;
    const file = await this.fileOf(app, path);
    const widget = (await wove.commands.execute('docmanager:open', { path: file })) as Widget;
    return notebooks.has(widget) ? showCodeCell(widget as NotebookPanel, cell) : null;
  }

  /** Ask Wove, in the chat beside the file that failed, to suggest what mends it. */
  async askToMend(app: DeployedApp, deployment: Deployment): Promise<void> {
    const { documents, wove, app: lab } = this.parts;
    const path = deployment.path || (deployment.plan.entry ?? '');
    const cell = await this.showCell(app, path, deployment.cell);
    const { askToMend } = await import('../assist/asking');
    const about = { path: await this.fileOf(app, path), cell };
    const body = this.question(deployment, PathExt.basename(path));
    await askToMend(documents, lab.serviceManager.contents, about, body);
    void wove.commands.notifyCommandChanged();
  }

  /** What the model is told: what was tried, why it failed, and where. */
  private question({ cell, reason, hint, traceback }: Deployment, name: string): string {
    const { trans } = this.parts.wove;
    const where = cell === null ? name : trans.__('code cell %1 of %2', cell, name);
    const first = trans.__('The deployment failed in %1. Suggest what mends it.', where);
    const error = traceback && `\`\`\`\n${plain(traceback).slice(-MOST)}\n\`\`\``;
    return [first, reason, hint, error].filter(Boolean).join('\n\n');
  }

  private async fileOf({ project }: DeployedApp, path: string): Promise<string> {
    const { wove } = this.parts;
    if (project === null) {
      throw new Error(wove.trans.__(NOBODY));
    }
    const params = { path: { project_id: project.id } };
    const found = await unwrap(wove.api.GET('/wove/api/projects/{project_id}', { params }));
    if (found.folder === null) {
      throw new Error(wove.trans.__(NO_FOLDER));
    }
    return PathExt.join(found.folder, path);
  }
}

/** Show the code cell of this number, from 1; its id, or null where there is none. */
async function showCodeCell(panel: NotebookPanel, number: number | null): Promise<string | null> {
  await panel.revealed;
  const { content } = panel;
  const codes = content.widgets.filter(({ model }) => model.type === 'code');
  const found = number === null ? undefined : codes[number - 1];
  if (!found) {
    return null;
  }
  content.activeCellIndex = content.widgets.indexOf(found);
  await content.scrollToCell(found, 'center');
  content.activate();
  return found.model.id;
}
