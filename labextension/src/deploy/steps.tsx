/** Draws the stages of a deployment, each with the time that it took. */
import React, { useEffect, useState } from 'react';

import { useTrans } from '../ui';
import type { Step } from './log-model';
import { lasted, stageWord } from './words';

interface StepsProps {
  readonly steps: readonly Step[];
  /** How the last one ended; undefined while the work goes on. */
  readonly end: 'live' | 'failed' | 'cancelled' | undefined;
}

export function Steps({ steps, end }: StepsProps): JSX.Element | null {
  const trans = useTrans();
  const now = useClock(end === undefined && steps.length > 0);
  if (steps.length === 0) {
    return null;
  }
  return (
    <ol className="wove-Steps" aria-label={trans.__('Stages')}>
      {steps.map((step, at) => (
        <StepView
          key={`${step.stage} ${step.began}`}
          step={step}
          how={at < steps.length - 1 ? 'done' : howOf(end)}
          now={now}
        />
      ))}
    </ol>
  );
}

type How = 'done' | 'now' | 'failed' | 'stopped';

function howOf(end: StepsProps['end']): How {
  switch (end) {
    case 'live':
      return 'done';
    case 'failed':
      return 'failed';
    case 'cancelled':
      return 'stopped';
    case undefined:
      return 'now';
  }
}

interface StepProps {
  readonly step: Step;
  readonly how: How;
  readonly now: number;
}

function StepView({ step, how, now }: StepProps): JSX.Element {
  const trans = useTrans();
  const words = {
    done: trans.__('done'),
    now: trans.__('going on'),
    failed: trans.__('failed'),
    stopped: trans.__('stopped')
  };
  return (
    <li className="wove-Step" data-how={how} aria-current={how === 'now' ? 'step' : undefined}>
      <span className="wove-Step-sign" aria-hidden="true" />
      {stageWord(trans, step.stage)}
      <span className="wove-Step-time">{lasted((step.ended ?? now) - step.began)}</span>
      <span className="wove-Hidden">{words[how]}</span>
    </li>
  );
}

/** The time, kept up to date while it matters. */
function useClock(runs: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!runs) {
      return;
    }
    const timer = setInterval(() => setNow(Date.now()), 200);
    return () => clearInterval(timer);
  }, [runs]);
  return now;
}
