/** Bring an older version back; what was there before becomes a version too, so undo is another. */
import { Notification } from '@jupyterlab/apputils';

import { unwrap } from '../api/client';
import type { Project, Version } from '../api/models';
import type { Desk } from '../projects/desk';
import { attempt, changing } from '../projects/desk';
import { versions } from '../projects/queries';
import { confirm } from '../ui/dialogs';

export interface Restoration {
  readonly version: string;
  /** Null for all files. */
  readonly path: string | null;
  /** The version whose restoration this undoes: what people did since in open documents stays. */
  readonly undoes?: string;
}

function agreed(
  { wove: { trans } }: Desk,
  { title }: Project,
  path: string | null
): Promise<boolean> {
  return confirm(trans, {
    title: trans.__('Restore %1?', path ?? title),
    body: trans.__(
      'The files become what they were then, as a new version. Nothing is lost: what is there now is kept in the history.'
    ),
    accept: trans.__('Restore')
  });
}

/** Ask, then bring a version back. */
export async function restore(desk: Desk, project: Project, what: Restoration): Promise<void> {
  if (await agreed(desk, project, what.path)) {
    await bringBack(desk, project, what);
  }
}

async function bringBack(desk: Desk, project: Project, what: Restoration): Promise<void> {
  const { trans } = desk.wove;
  await desk.documents.save(project.folder);
  const [latest] = await newest(desk, project);
  await changing(desk, send(desk, project, what));
  const before = stateBefore(await newest(desk, project), latest);
  const undo = (): void =>
    void attempt(desk, trans.__('Nothing was undone.'), async () => {
      await changing(
        desk,
        send(desk, project, { version: before ?? '', path: null, undoes: what.version })
      );
    });
  Notification.success(trans.__('Restored %1.', what.path ?? trans.__('all files')), {
    autoClose: 15_000,
    actions: before === undefined ? [] : [{ label: trans.__('Undo'), callback: undo }]
  });
}

async function send(
  { wove, documents }: Desk,
  { id, folder }: Project,
  { undoes, ...what }: Restoration
): Promise<void> {
  const body = { ...what, undoes: undoes ?? null };
  const params = { path: { project_id: id } };
  await unwrap(wove.api.POST('/wove/api/projects/{project_id}/restore', { params, body }));
  await documents.reload(folder);
}

async function newest({ wove: { api } }: Desk, { id }: Project): Promise<Version[]> {
  const { queryFn } = versions(api, id, 'all', 5);
  return (await queryFn({ signal: new AbortController().signal })).items;
}

/**
 * The version that holds what was there before a restoration: the snapshot that it took, or,
 * where there was nothing new to keep, what was `latest` before. History is newest first.
 */
export function stateBefore(
  history: readonly Version[],
  latest: Version | undefined
): string | undefined {
  const known = history.findIndex(({ id }) => id === latest?.id);
  const since = known === -1 ? history : history.slice(0, known);
  return (since.find(({ automatic }) => automatic) ?? latest)?.id;
}
