/** Asks before the first kernel of a project that nobody trusts, where there is no sandbox for it. */
import { Notification } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Session } from '@jupyterlab/services';

import type { Project } from '../api/models';
import { around } from '../projects/queries';
import type { Place } from './model';

/** How the server says that it started none. */
const REFUSED = /is not trusted, and there is no sandbox/;

/** Have people asked when the server refuses to start a kernel because nobody trusts its project. */
export function askFirst(place: Pick<Place, 'desk' | 'notebooks'>): void {
  const { sessions } = place.desk.app.serviceManager;
  const start = sessions.startNew.bind(sessions);
  sessions.startNew = async (options, connection): Promise<Session.ISessionConnection> => {
    try {
      return await start(options, connection);
    } catch (error) {
      if (!(error instanceof Error && REFUSED.test(error.message))) {
        throw error;
      }
      return (await isWanted(place, options, error)) ? start(options, connection) : NOTHING;
    }
  };
}

/** Ask what to do; throw where nothing should be started, and no notebook can do without. */
async function isWanted(
  { desk, notebooks }: Pick<Place, 'desk' | 'notebooks'>,
  { path, name }: Session.ISessionOptions,
  error: Error
): Promise<boolean> {
  const { queries, api, trans } = desk.wove;
  const folder = PathExt.dirname(path);
  const { queryKey, queryFn } = around(api, folder);
  const project = await queries.fetchQuery({ queryKey, queryFn });
  if (project === null) {
    throw error;
  }
  const { choose } = await import('./choosing');
  if (await choose(desk, project, error.message)) {
    return true;
  }
  const words = refusal(project, trans);
  const panel = notebooks.find(
    ({ sessionContext: each }) => each.session === null && each.path === PathExt.join(folder, name)
  );
  if (!panel) {
    throw new Error(words);
  }
  await leaveAlone(panel);
  Notification.info(words, { autoClose: 8000 });
  return false;
}

/** Let a notebook be open without a kernel, as where somebody has chosen none. */
function leaveAlone({ sessionContext }: NotebookPanel): Promise<void> {
  return sessionContext.shutdown();
}

function refusal({ title }: Project, trans: Place['desk']['wove']['trans']): string {
  return trans.__('No kernel was started: %1 is not trusted.', title);
}

/**
 * What JupyterLab gets where nothing was started. It takes that for a session that came too late
 * after its notebook was left without a kernel, and ends it, where an error would have it say so
 * in a dialog, and ask for another kernel in the next.
 */
const NOTHING = {
  path: 'nothing was started',
  shutdown: () => Promise.resolve(),
  dispose: () => undefined
} as unknown as Session.ISessionConnection;
