/** Bring moments of a document back, for all who have it open, and give moments names. */
import { InputDialog, Notification } from '@jupyterlab/apputils';

import { unwrap } from '../api/client';
import type { Moment } from '../api/models';
import type { IWove } from '../tokens';
import { confirm, notifyProblem } from '../ui/dialogs';
import { cellsOf, content } from './asking';
import { meant } from './words';

/** Do something with the past, show what became of it, and say in a sentence if it fails. */
async function attempt(wove: IWove, refusal: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    notifyProblem(wove.trans, refusal, error);
  } finally {
    void wove.queries.invalidateQueries({ queryKey: ['timeline'] });
  }
}

/** Bring a moment back: all of it, or the cell that was at a place then. */
export function bringBack(wove: IWove, path: string, moment: Moment, at?: number): Promise<void> {
  const { api, trans } = wove;
  return attempt(wove, trans.__('Nothing was restored.'), async () => {
    const cell = at === undefined ? null : await idOf(wove, path, moment, at);
    const body = { path, moment: moment.id, cell };
    const { undo } = await unwrap(api.POST('/wove/api/timeline/restorations', { body }));
    if (undo === null) {
      Notification.info(trans.__('The document is like that already.'));
      return;
    }
    const what = cell === null ? meant(trans, moment) : trans.__('one cell');
    Notification.success(trans.__('Restored %1, for all who have the document open.', what), {
      autoClose: 30_000,
      actions: [{ label: trans.__('Undo'), callback: () => void takeBack(wove, undo) }]
    });
  });
}

function takeBack(wove: IWove, id: string): Promise<void> {
  const { api, trans } = wove;
  return attempt(wove, trans.__('Nothing was undone.'), async () => {
    const params = { path: { restoration_id: id } };
    await api.POST('/wove/api/timeline/restorations/{restoration_id}/undo', { params });
    Notification.info(trans.__('Undone. What was done since stays.'), { autoClose: 5_000 });
  });
}

async function idOf(
  { api, queries, trans }: IWove,
  path: string,
  moment: Moment,
  at: number
): Promise<string> {
  const file = await queries.fetchQuery(content(api, path, moment.id));
  const id = cellsOf(path, file)[at]?.id;
  if (id === undefined) {
    throw new Error(trans.__('This cell was not there at that moment.'));
  }
  return id;
}

/** Ask for a name, and keep a moment under it; the document as it is now where none is given. */
export async function nameMoment(wove: IWove, path: string, moment?: Moment): Promise<void> {
  const { api, trans } = wove;
  const name = await askName(wove, trans.__('Name this moment'), '');
  if (name) {
    await attempt(wove, trans.__('The moment was not named.'), async () => {
      const body = { path, name, moment: moment?.id ?? null };
      await api.POST('/wove/api/timeline/checkpoints', { body });
    });
  }
}

/** Ask for another name of a moment. */
export async function rename(wove: IWove, { id, name }: Moment): Promise<void> {
  const { api, trans } = wove;
  const wanted = await askName(wove, trans.__('Rename this moment'), name ?? '');
  if (wanted) {
    await attempt(wove, trans.__('The moment was not renamed.'), async () => {
      const params = { path: { checkpoint_id: id.slice(1) } };
      const body = { name: wanted };
      await api.PATCH('/wove/api/timeline/checkpoints/{checkpoint_id}', { params, body });
    });
  }
}

/** Ask, then keep a moment no longer under its name. */
export async function removeName(wove: IWove, { id, name }: Moment): Promise<void> {
  const { api, trans } = wove;
  const agreed = await confirm(trans, {
    title: trans.__('Remove “%1”?', name ?? ''),
    body: trans.__('The document stays as it is. This moment is then kept no longer than others.'),
    accept: trans.__('Remove'),
    danger: true
  });
  if (agreed) {
    await attempt(wove, trans.__('The moment was not removed.'), async () => {
      const params = { path: { checkpoint_id: id.slice(1) } };
      await api.DELETE('/wove/api/timeline/checkpoints/{checkpoint_id}', { params });
    });
  }
}

async function askName({ trans }: IWove, heading: string, text: string): Promise<string> {
  const { value } = await InputDialog.getText({
    title: heading,
    label: trans.__('A name of up to 80 characters, such as “Before the talk”'),
    text,
    okLabel: trans.__('Save'),
    cancelLabel: trans.__('Cancel')
  });
  return (value ?? '').trim().slice(0, 80);
}
