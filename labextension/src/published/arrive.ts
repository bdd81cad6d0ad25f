/** Takes the user to a project that was just made for them. */
import { Notification } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { Contents } from '@jupyterlab/services';

import type { IWove } from '../tokens';

/** What was made, and whether the user waited for it. */
export interface Arrival {
  readonly title: string;
  /** Relative to the root of this server; empty where it lies outside of it. */
  readonly folder: string;
  readonly stayed: boolean;
  /** How many files did not come along. */
  readonly leftOut: number;
}

/** Say that a project is there, and show it to those who waited for it. */
export async function arrive(
  wove: IWove,
  contents: Contents.IManager,
  arrival: Arrival
): Promise<void> {
  const { trans } = wove;
  if (!arrival.folder) {
    Notification.success(
      trans.__('“%1” is ready, but outside of the folder that this server shows.', arrival.title)
    );
    return;
  }
  const go = (): Promise<void> => goToFolder(wove, contents, arrival.folder);
  Notification.success(words(wove, arrival), {
    autoClose: 10_000,
    actions: [{ label: trans.__('Open'), callback: () => void go() }]
  });
  if (arrival.stayed) {
    await go();
  }
}

function words({ trans }: IWove, { title, folder, leftOut }: Arrival): string {
  const ready = trans.__('“%1” is ready in the folder %2.', title, folder);
  const missing = trans._n(
    'One file was left out.',
    '%1 files were left out: links, or too large.',
    leftOut
  );
  return leftOut > 0 ? `${ready} ${missing}` : ready;
}

async function goToFolder(
  { commands }: IWove,
  contents: Contents.IManager,
  folder: string
): Promise<void> {
  const notebook = await firstNotebook(contents, folder);
  if (notebook !== null) {
    await commands.execute('docmanager:open', { path: notebook });
  }
  await commands.execute('filebrowser:go-to-path', { path: folder });
}

/** The notebook that a reader of a folder would open first. */
export async function firstNotebook(
  contents: Pick<Contents.IManager, 'get'>,
  folder: string
): Promise<string | null> {
  const { content } = (await contents.get(folder)) as { content: Contents.IModel[] };
  const names = content.filter(({ type }) => type === 'notebook').map(({ name }) => name);
  const [first] = names.sort((one, other) => one.localeCompare(other, undefined, NUMBERS));
  return first === undefined ? null : PathExt.join(folder, first);
}

const NUMBERS = { numeric: true };
