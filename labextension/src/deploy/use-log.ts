/** Follows a deployment while a component shows it. */
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';

import { unwrap } from '../api/client';
import type { Deployment } from '../api/models';
import { notifyProblem, useTrans, useWove } from '../ui';
import type { Followed } from './log-model';
import { DeploymentLog } from './log-model';
import { refreshApps } from './queries';

export interface LogView extends Followed {
  readonly cancel: () => void;
  readonly retry: () => void;
}

/** Follow a deployment until it has ended or the component is gone; the work itself goes on. */
export function useLog(first: Deployment): LogView {
  const { api, stream, queries } = useWove();
  const trans = useTrans();
  const [attempt, setAttempt] = useState(0);
  const log = useMemo(
    () => new DeploymentLog(stream, first, () => void refreshApps(queries)),
    // Another deployment is one with another id; the same one told anew is followed already.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [stream, queries, first.id]
  );
  useEffect(() => {
    const leaving = new AbortController();
    void log.follow(leaving.signal);
    return () => leaving.abort();
  }, [log, attempt]);
  const cancel = (): void => {
    log.stopping(true);
    const params = { path: { deployment_id: first.id } };
    unwrap(api.POST('/wove/api/deployments/{deployment_id}/cancel', { params }))
      .then(deployment => log.hear({ line: null, deployment }))
      .catch(error => {
        log.stopping(false);
        notifyProblem(trans, trans.__('The deployment was not stopped.'), error);
      });
  };
  return { ...useStore(log.store), cancel, retry: () => setAttempt(attempt + 1) };
}
