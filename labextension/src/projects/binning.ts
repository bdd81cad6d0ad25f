/** Put projects into the bin, and take them out again. */
import { Notification } from '@jupyterlab/apputils';

import { unwrap } from '../api/client';
import type { Project } from '../api/models';
import { confirm } from '../ui/dialogs';
import type { Desk } from './desk';
import { attempt, changing } from './desk';
import { refreshPlace } from './queries';

/** Ask, then put a project into the bin. */
export async function remove(desk: Desk, { id, title, folder }: Project): Promise<void> {
  const { trans, api } = desk.wove;
  const agreed = await confirm(trans, {
    title: trans.__('Delete %1?', title),
    body: trans.__(
      'The project and its folder go into the bin. You can bring them back for 30 days.'
    ),
    accept: trans.__('Delete'),
    danger: true
  });
  if (agreed) {
    const params = { path: { project_id: id } };
    await desk.documents.save(folder);
    const gone = api.DELETE('/wove/api/projects/{project_id}', { params });
    await changing(
      desk,
      gone.then(() => refreshPlace(desk.wove.queries))
    );
    desk.documents.close(folder);
    Notification.info(trans.__('%1 lies in the bin.', title), {
      autoClose: 15_000,
      actions: [{ label: trans.__('Undo'), callback: () => void bringBack(desk, id) }]
    });
  }
}

/** Take a project out of the bin. */
export function bringBack(desk: Pick<Desk, 'wove'>, id: string): Promise<void> {
  const { trans, api } = desk.wove;
  const params = { path: { project_id: id } };
  return attempt(desk, trans.__('The project stays in the bin.'), async () => {
    await changing(desk, unwrap(api.POST('/wove/api/projects/{project_id}/undelete', { params })));
  });
}
