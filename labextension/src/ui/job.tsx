/** Long work on the server: how far it is, how to stop it, how it ended. */
import React, { useEffect, useRef } from 'react';

import type { Job } from '../api/models';
import { ActionButton } from './button';
import { useTrans } from './context';
import type { Followed } from './use-job';
import { isOver, useJob } from './use-job';
import { ProgressBar } from './progress';
import { ErrorState } from './states';

interface JobProgressProps {
  /** The job as the server first answered with it; another id is another job. */
  readonly job: Job;
  /** Told once, when the job has succeeded; its `result` says what it made. */
  readonly onDone: (job: Job) => void;
  /** Asked for when the user has read how the job ended; left out where something else closes it. */
  readonly onClose?: () => void;
}

/** Follow a job to its end. */
export function JobProgress({ job, onDone, onClose }: JobProgressProps): JSX.Element {
  const followed = useJob(job);
  const { job: now, problem } = followed;
  useDone(now, onDone);
  if (problem) {
    return <ErrorState problem={problem} onRetry={followed.retry} />;
  }
  return isOver(now) ? (
    <Ended job={now} {...(onClose && { onClose })} />
  ) : (
    <Running {...followed} />
  );
}

function useDone(job: Job, onDone: (job: Job) => void): void {
  const latest = useRef(onDone);
  latest.current = onDone;
  const told = useRef('');
  useEffect(() => {
    if (job.state === 'succeeded' && told.current !== job.id) {
      told.current = job.id;
      latest.current(job);
    }
  }, [job]);
}

function Running({ job, connected, cancelling, cancel }: Followed): JSX.Element {
  const label = useLabel(job, connected, cancelling);
  const share = job.total > 0 ? { done: job.done / job.total } : {};
  return (
    <div className="wove-Job">
      <ProgressBar label={label} {...share} {...(cancelling ? {} : { onCancel: cancel })} />
    </div>
  );
}

function useLabel(job: Job, connected: boolean, cancelling: boolean): string {
  const trans = useTrans();
  if (cancelling) {
    return trans.__('Stopping…');
  }
  if (!connected) {
    return trans.__('The connection is lost; the work goes on. Reconnecting…');
  }
  return job.state === 'queued'
    ? trans.__('Waiting for its turn…')
    : job.note || trans.__('Working…');
}

interface EndedProps {
  readonly job: Job;
  readonly onClose?: () => void;
}

function Ended({ job, onClose }: EndedProps): JSX.Element {
  const trans = useTrans();
  const close = onClose && <ActionButton label={trans.__('Close')} onClick={onClose} />;
  if (job.state === 'failed') {
    return (
      <div className="wove-Job" role="alert">
        <p>{job.problem?.detail ?? trans.__('It failed, and nobody knows why. Try again.')}</p>
        {close}
      </div>
    );
  }
  return (
    <div className="wove-Job" role="status">
      <p>
        {job.state === 'cancelled' ? trans.__('Stopped. Nothing was changed.') : trans.__('Done.')}
      </p>
      {close}
    </div>
  );
}
