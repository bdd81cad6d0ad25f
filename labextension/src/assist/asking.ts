/** Says something to Wove in the chat of a notebook, which is made if there is none. */
import { PathExt } from '@jupyterlab/coreutils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { IDocumentWidget } from '@jupyterlab/docregistry';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import { ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';

import { sentence, type Task } from './tasks';

const WOVE = 'jupyter-ai-personas::jupyter_wove_server::WovePersona';
const FACTORY = 'Chat';
const MISSING = 404;

/** A cell, by its id and its number; `path` is that of the notebook, as JupyterLab knows it. */
export interface Where {
  readonly path: string;
  readonly notebook: string;
  readonly cell: string;
  readonly number: number;
}

/** The prompt that is asked with, by which the server records what becomes of the answer. */
export interface UsedPrompt {
  readonly id: string;
  readonly version: string;
  readonly number: string;
}

/** What it takes to know where somebody is, and to open the chat there. */
export interface SaidFrom {
  readonly notebooks: INotebookTracker;
  readonly documents: IDocumentManager;
  readonly contents: Contents.IManager;
}

/** What we use of a chat that is open. */
interface Chat extends IDocumentWidget {
  readonly model: {
    readonly ready: Promise<void>;
    sendMessage(message: { body: string; metadata: Record<string, unknown> }): unknown;
  };
}

/** The cell where the person is; null where Wove cannot see it. */
export function whereIn(notebooks: INotebookTracker, contents: Contents.IManager): Where | null {
  const { currentWidget: panel, activeCell } = notebooks;
  const path = panel?.context.path;
  if (path === undefined || !activeCell || contents.driveName(path) !== '') {
    return null;
  }
  return {
    path,
    notebook: contents.localPath(path),
    cell: activeCell.model.id,
    number: (panel?.content.activeCellIndex ?? 0) + 1
  };
}

export async function ask(
  documents: IDocumentManager,
  contents: Contents.IManager,
  trans: TranslationBundle,
  task: Task,
  { path, notebook, cell, number }: Where
): Promise<void> {
  const chat = await opened(documents, contents, path.replace(/\.[^./]+$/, '.chat'));
  const wove = { notebook, cell, task, mode: 'ask' };
  chat.model.sendMessage({
    body: sentence(trans, task, number, PathExt.basename(notebook)),
    metadata: { to_persona: WOVE, wove }
  });
}

/** Say something about the notebook where somebody is, in the chat beside it. */
export async function say(
  { notebooks, documents, contents }: SaidFrom,
  body: string,
  prompt: UsedPrompt
): Promise<void> {
  const where = whereIn(notebooks, contents);
  if (!where) {
    throw new Error('Open a notebook first: what is asked is asked in the chat beside it.');
  }
  const { path, notebook, cell } = where;
  const chat = await opened(documents, contents, path.replace(/\.[^./]+$/, '.chat'));
  const wove = { notebook, cell, mode: 'ask', prompt };
  chat.model.sendMessage({ body, metadata: { to_persona: WOVE, wove } });
}

/** A file, and the id of the cell in it that is meant, if it is a notebook and one is. */
export interface Failed {
  readonly path: string;
  readonly cell: string | null;
}

/** Ask in the chat beside a file for what mends it; the body says what is wrong. */
export async function askToMend(
  documents: IDocumentManager,
  contents: Contents.IManager,
  { path, cell }: Failed,
  body: string
): Promise<void> {
  const chat = await opened(documents, contents, path.replace(/\.[^./]+$/, '.chat'));
  const notebook = path.endsWith('.ipynb') && { notebook: contents.localPath(path) };
  const wove = { ...notebook, ...(cell !== null && { cell, task: 'fix' }), mode: 'ask' };
  chat.model.sendMessage({ body, metadata: { to_persona: WOVE, wove } });
}

async function opened(
  documents: IDocumentManager,
  contents: Contents.IManager,
  path: string
): Promise<Chat> {
  await existing(contents, path);
  const options = { mode: 'split-right' } as const;
  const widget = documents.openOrReveal(path, FACTORY, undefined, options);
  if (!widget) {
    throw new Error('The chat cannot be opened.');
  }
  const chat = widget as unknown as Chat;
  await chat.context.ready;
  await chat.model.ready;
  return chat;
}

async function existing(contents: Contents.IManager, path: string): Promise<void> {
  try {
    await contents.get(path, { content: false });
  } catch (error) {
    const isMissing =
      error instanceof ServerConnection.ResponseError && error.response.status === MISSING;
    if (!isMissing) {
      throw error;
    }
    await contents.save(path, { type: 'file', format: 'text', content: '{}' });
  }
}
