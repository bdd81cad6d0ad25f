/** Asks before the first kernel of a project that nobody trusts, where there is no sandbox for it. */
import { PathExt } from '@jupyterlab/coreutils';
import type { Session } from '@jupyterlab/services';

import type { Desk } from '../projects/desk';
import { around } from '../projects/queries';

/** How the server says that it started none. */
const REFUSED = /is not trusted, and there is no sandbox/;

/** Have people asked when the server refuses to start a kernel because nobody trusts its project. */
export function askFirst(desk: Desk): void {
  const { sessions } = desk.app.serviceManager;
  const start = sessions.startNew.bind(sessions);
  sessions.startNew = async (options, connection): Promise<Session.ISessionConnection> => {
    try {
      return await start(options, connection);
    } catch (error) {
      if (!(error instanceof Error && REFUSED.test(error.message))) {
        throw error;
      }
      await ask(desk, options.path, error);
      return start(options, connection);
    }
  };
}

/** Ask what to do; throw where nothing should be started. */
async function ask(desk: Desk, path: string, error: Error): Promise<void> {
  const { queries, api } = desk.wove;
  const { queryKey, queryFn } = around(api, PathExt.dirname(path));
  const project = await queries.fetchQuery({ queryKey, queryFn });
  if (project === null) {
    throw error;
  }
  const { choose } = await import('./choosing');
  await choose(desk, project, error.message);
}
