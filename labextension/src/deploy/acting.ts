/** What can be done with apps that exist: stop, wake, delete, go back to another release. */
import { Notification } from '@jupyterlab/apputils';

import { unwrap } from '../api/client';
import type { DeployedApp, DeployedRelease, Deployment } from '../api/models';
import type { IWove } from '../tokens';
import { confirm, notifyProblem } from '../ui/dialogs';
import { refreshApps } from './queries';

/** Milliseconds in which what was done can be undone from its notification. */
const UNDO = 15_000;

/** Have an app answer no more. */
export function stop(wove: IWove, { id, title }: DeployedApp): Promise<void> {
  const { api, trans } = wove;
  const params = { path: { app_id: id } };
  return acting(wove, trans.__('%1 was not stopped.', title), () =>
    unwrap(api.POST('/wove/api/apps/{app_id}/stop', { params }))
  );
}

/** Have an app answer again. */
export function wake(wove: IWove, { id, title }: DeployedApp): Promise<void> {
  const { api, trans } = wove;
  const params = { path: { app_id: id } };
  return acting(wove, trans.__('%1 was not woken.', title), () =>
    unwrap(api.POST('/wove/api/apps/{app_id}/wake', { params }))
  );
}

/** Put an app into the bin, and offer to bring it back. */
export function remove(wove: IWove, { id, title }: DeployedApp): Promise<void> {
  const { api, trans } = wove;
  const params = { path: { app_id: id } };
  return acting(wove, trans.__('%1 was not deleted.', title), async () => {
    await api.DELETE('/wove/api/apps/{app_id}', { params });
    Notification.info(trans.__('%1 lies in the bin, and nobody can visit it.', title), {
      autoClose: UNDO,
      actions: [{ label: trans.__('Undo'), callback: () => void bringBack(wove, id, title) }]
    });
  });
}

/** Take an app out of the bin. */
export function bringBack(wove: IWove, id: string, title: string): Promise<void> {
  const { api, trans } = wove;
  const params = { path: { app_id: id } };
  return acting(wove, trans.__('%1 stays in the bin.', title), () =>
    unwrap(api.POST('/wove/api/apps/{app_id}/undelete', { params }))
  );
}

/** Serve another release; ask first where somebody is connected. */
export async function rollBack(
  wove: IWove,
  app: DeployedApp,
  release: Pick<DeployedRelease, 'number'>
): Promise<void> {
  if (app.sessions === 0 || (await agreed(wove, app, release.number))) {
    await goTo(wove, app, release.number, app.release);
  }
}

function agreed({ trans }: IWove, app: DeployedApp, number: number): Promise<boolean> {
  return confirm(trans, {
    title: trans.__('Serve release %1 of %2?', number, app.title),
    body: trans._n(
      '%1 visitor is connected. They keep what they see until they leave; new visitors get release %2.',
      '%1 visitors are connected. They keep what they see until they leave; new visitors get release %2.',
      app.sessions,
      number
    ),
    accept: trans.__('Roll back')
  });
}

/** Serve a release; what was served before can be served again from the notification. */
function goTo(
  wove: IWove,
  app: DeployedApp,
  number: number,
  before: number | null
): Promise<void> {
  const { trans } = wove;
  return acting(wove, trans.__('%1 was not rolled back.', app.title), async () => {
    const { id } = await serve(wove, app.id, number);
    const undo = (): void => void takeBack(wove, app, id, before ?? number);
    Notification.info(trans.__('Going to release %1 of %2.', number, app.title), {
      autoClose: UNDO,
      ...(before !== null && { actions: [{ label: trans.__('Undo'), callback: undo }] })
    });
  });
}

/** Roll forward again; a roll-back that has not ended is stopped instead. */
function takeBack(
  wove: IWove,
  app: DeployedApp,
  deploymentId: string,
  before: number
): Promise<void> {
  const { api, trans } = wove;
  return acting(wove, trans.__('%1 stays as it is.', app.title), async () => {
    const params = { path: { deployment_id: deploymentId } };
    const stopped = api.POST('/wove/api/deployments/{deployment_id}/cancel', { params });
    if ((await unwrap(stopped)).state === 'live') {
      await serve(wove, app.id, before);
    }
  });
}

function serve({ api }: IWove, id: string, release: number): Promise<Deployment> {
  const params = { path: { app_id: id } };
  return unwrap(api.POST('/wove/api/apps/{app_id}/rollback', { params, body: { release } }));
}

/** Do something to an app, show everybody here what became of it, and say if it failed. */
export async function acting(
  wove: IWove,
  refusal: string,
  work: () => Promise<unknown>
): Promise<void> {
  try {
    await work();
  } catch (error) {
    notifyProblem(wove.trans, refusal, error);
  } finally {
    await refreshApps(wove.queries);
  }
}
