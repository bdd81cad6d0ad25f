/** Follow a job on the server while a component shows it. */
import { useCallback, useEffect, useState } from 'react';

import { unwrap } from '../api/client';
import type { Job } from '../api/models';
import type { IWove } from '../tokens';
import { useTrans, useWove } from './context';
import { notifyProblem } from './dialogs';

/** Whether nothing more will happen to a job. */
export function isOver({ state }: Job): boolean {
  return state !== 'queued' && state !== 'running';
}

/**
 * Tell how far a job is, from now until it has ended; a broken connection is taken up again.
 *
 * Throws a ProblemError if the server does not let one follow it.
 */
export async function* followJob(
  { stream }: Pick<IWove, 'stream'>,
  job: Job,
  signal: AbortSignal,
  onConnection?: (open: boolean) => void
): AsyncGenerator<Job> {
  yield job;
  if (isOver(job)) {
    return;
  }
  const options = onConnection ? { signal, onConnection } : { signal };
  for await (const { data } of stream<Job>(`/wove/api/jobs/${job.id}/events`, options)) {
    yield data;
    if (isOver(data)) {
      return;
    }
  }
}

/** A job, as a component shows it. */
export interface Followed {
  readonly job: Job;
  readonly connected: boolean;
  /** Whether the user asked it to stop, and it has not yet. */
  readonly cancelling: boolean;
  /** Why it cannot be followed. */
  readonly problem: unknown;
  readonly cancel: () => void;
  readonly retry: () => void;
}

/** Follow a job until it has ended or the component is gone; the job itself goes on. */
export function useJob(first: Job): Followed {
  const wove = useWove();
  const [job, setJob] = useState(first);
  const [connected, setConnected] = useState(true);
  const [problem, setProblem] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const ending = new AbortController();
    const follow = async (): Promise<void> => {
      for await (const now of followJob(wove, first, ending.signal, setConnected)) {
        setJob(now);
      }
    };
    setProblem(null);
    follow().catch((error: unknown) => {
      if (!ending.signal.aborted) {
        setProblem(error);
      }
    });
    return () => ending.abort();
    // Another job is one with another id; the same one told anew is followed already.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [wove, first.id, attempt]);
  const retry = useCallback(() => setAttempt(before => before + 1), []);
  return { job, connected, problem, retry, ...useCancel(job) };
}

function useCancel(job: Job): Pick<Followed, 'cancelling' | 'cancel'> {
  const { api } = useWove();
  const trans = useTrans();
  const [asked, setAsked] = useState('');
  const cancel = (): void => {
    setAsked(job.id);
    const path = { job_id: job.id };
    unwrap(api.DELETE('/wove/api/jobs/{job_id}', { params: { path } })).catch(error => {
      setAsked('');
      notifyProblem(trans, trans.__('The work was not stopped.'), error);
    });
  };
  return { cancelling: asked === job.id, cancel };
}
