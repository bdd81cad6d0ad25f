/** A plan of an agent: its steps, who does them, and how far they are. */
import React from 'react';

import { useTrans } from '../ui';
import type { Plan, PlanStep, StepState } from './words';

export function PlanView({ plan }: { readonly plan: Plan }): JSX.Element {
  const trans = useTrans();
  const states = plan.steps.map(step => step.state);
  const over = states.filter(state => state && ENDED.includes(state)).length;
  return (
    <section className="wove-Plan" aria-label={trans.__('Plan: %1', plan.title)}>
      <h4>{plan.title}</h4>
      {states.some(Boolean) && (
        <p className="wove-Muted" role="status">
          {trans.__('%1 of %2 steps are over', over, plan.steps.length)}
        </p>
      )}
      <ol>
        {plan.steps.map(step => (
          <Step key={step.id} step={step} steps={plan.steps} />
        ))}
      </ol>
    </section>
  );
}

const ENDED: readonly StepState[] = ['done', 'failed', 'skipped'];

interface StepProps {
  readonly step: PlanStep;
  readonly steps: readonly PlanStep[];
}

function Step({ step, steps }: StepProps): JSX.Element {
  const trans = useTrans();
  const places = step.needs.map(id => steps.findIndex(each => each.id === id) + 1);
  const after = places.filter(Boolean).join(', ');
  const said = [
    step.agent,
    after && trans.__('after %1', after),
    step.may === 'read' && trans.__('looks only'),
    step.may === 'edit' && trans.__('may suggest changes'),
    step.may === 'run' && trans.__('may suggest changes, and ask to run cells')
  ];
  return (
    <li data-state={step.state}>
      {step.goal}
      <span className="wove-Muted"> {said.filter(Boolean).join(' · ')}</span>
      {step.state && <State state={step.state} />}
    </li>
  );
}

function State({ state }: { readonly state: StepState }): JSX.Element {
  const trans = useTrans();
  const names: Record<StepState, string> = {
    waiting: trans.__('not begun'),
    working: trans.__('at work'),
    asking: trans.__('waits for an answer'),
    done: trans.__('done'),
    failed: trans.__('failed'),
    skipped: trans.__('left out')
  };
  return (
    <span className="wove-Plan-state" data-state={state}>
      {names[state]}
    </span>
  );
}
