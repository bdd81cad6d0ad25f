/** A dialog that begins long work and shows it to its end; closed early, the work goes on. */
import { Dialog } from '@jupyterlab/apputils';
import { ReactWidget } from '@jupyterlab/ui-components';
import React, { useEffect, useState } from 'react';

import { unwrap } from '../api/client';
import type { Job, Made } from '../api/models';
import { ProblemError } from '../api/problem';
import type { IWove } from '../tokens';
import { WoveContext } from './context';
import { notifyProblem } from './dialogs';
import { JobProgress } from './job';
import { Busy, ErrorState } from './states';
import { followJob, isOver } from './use-job';

/** Long work, in words. */
export interface Work {
  readonly title: string;
  /** What goes on until the server has taken it over, such as "Sending waves.zip…". */
  readonly beginning: string;
  /** What to say if it fails after the dialog was closed. */
  readonly refusal: string;
  /** Ask the server to do it, again if it fails; the signal aborts when the dialog is closed. */
  readonly begin: (signal: AbortSignal) => Promise<Job>;
}

/** What long work made, and whether the user stayed to see it. */
export interface Outcome {
  readonly made: Made;
  readonly stayed: boolean;
}

/** Do long work; nothing comes of it where it failed or was stopped, which the user is told. */
export async function showWork(wove: IWove, work: Work): Promise<Outcome | null> {
  const leaving = new AbortController();
  let job: Job | null = null;
  const begin = async (): Promise<Job> => (job = await work.begin(leaving.signal));
  await show(wove, work, begin);
  leaving.abort();
  return job && finish(wove, work, job);
}

/** Show the dialog until it closes. */
async function show(wove: IWove, work: Work, begin: () => Promise<Job>): Promise<void> {
  const dialog = new Dialog({
    title: work.title,
    body: ReactWidget.create(
      <WoveContext.Provider value={wove}>
        <Stages work={work} begin={begin} onDone={() => dialog.resolve()} />
      </WoveContext.Provider>
    ),
    buttons: [Dialog.okButton({ label: wove.trans.__('Close') })]
  });
  await dialog.launch();
}

/** Take what was made, or wait for it if the dialog was closed before. */
async function finish(wove: IWove, work: Work, { id }: Job): Promise<Outcome | null> {
  const params = { path: { job_id: id } };
  const job = (await unwrap(wove.api.GET('/wove/api/jobs/{job_id}', { params }))) as Job;
  if (isOver(job)) {
    return job.result && { made: job.result, stayed: true };
  }
  const ended = await end(wove, job);
  if (ended.problem) {
    notifyProblem(wove.trans, work.refusal, new ProblemError(ended.problem));
  }
  return ended.result && { made: ended.result, stayed: false };
}

async function end(wove: IWove, job: Job): Promise<Job> {
  let last = job;
  for await (const now of followJob(wove, job, new AbortController().signal)) {
    last = now;
  }
  return last;
}

interface StagesProps {
  readonly work: Work;
  readonly begin: () => Promise<Job>;
  readonly onDone: () => void;
}

function Stages({ work, begin, onDone }: StagesProps): JSX.Element {
  const [job, setJob] = useState<Job | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    setProblem(null);
    void begin().then(setJob, setProblem);
  }, [begin, attempt]);
  if (problem) {
    return <ErrorState problem={problem} onRetry={() => setAttempt(attempt + 1)} />;
  }
  return (
    <div className="wove-Work">
      {job ? <JobProgress job={job} onDone={onDone} /> : <Busy label={work.beginning} />}
    </div>
  );
}
