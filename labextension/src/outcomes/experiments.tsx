/** The experiments on a prompt, for those who may change it. */
import { useQueryClient } from '@tanstack/react-query';
import React from 'react';

import type { Experiment, PromptCard, VariantResult } from '../api/models';
import { ActionButton, Busy, ErrorState, notifyProblem, useTrans, useWove } from '../ui';
import { experimentsKey, promote, rollBack, stop, useExperiments, useResults } from './model';
import { interval, share } from './words';

export function ExperimentList({ card }: { readonly card: PromptCard }): JSX.Element | null {
  const trans = useTrans();
  const { data: experiments, error, refetch } = useExperiments(card.id);
  if (error) {
    return <ErrorState problem={error} onRetry={() => void refetch()} />;
  }
  if (!experiments) {
    return <Busy />;
  }
  return (
    <section>
      <h3>{trans.__('Experiments')}</h3>
      {experiments.length === 0 && (
        <p className="wove-Quiet">
          {trans.__('Try two versions side by side: jupyter wove prompt experiment begin.')}
        </p>
      )}
      {experiments.map(each => (
        <ExperimentView key={each.id} promptId={card.id} experiment={each} />
      ))}
    </section>
  );
}

interface ExperimentProps {
  readonly promptId: string;
  readonly experiment: Experiment;
}

function ExperimentView({ promptId, experiment }: ExperimentProps): JSX.Element {
  const trans = useTrans();
  const { api } = useWove();
  const act = useAct(promptId);
  const { data: results } = useResults(promptId, experiment.id);
  const { id, label, state } = experiment;
  return (
    <article className="wove-Outcomes-experiment">
      <h4>
        {label} · {stateName(trans, state)}
      </h4>
      <table className="wove-Outcomes-table">
        <tbody>
          {experiment.variants.map(({ number, weight, stopped }) => (
            <tr key={number}>
              <th scope="row">{number}</th>
              <td>{stopped || trans.__('share %1', weight)}</td>
              <td>
                {verdict(
                  trans,
                  results?.find(each => each.number === number)
                )}
              </td>
              <td>
                {state === 'running' && (
                  <ActionButton
                    label={trans.__('Promote %1', number)}
                    onClick={() => act(promote(api, promptId, id, number))}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {state === 'running' && (
        <ActionButton label={trans.__('Stop')} onClick={() => act(stop(api, promptId, id))} />
      )}
      {state === 'promoted' && (
        <ActionButton
          label={trans.__('Roll back')}
          onClick={() => act(rollBack(api, promptId, id))}
        />
      )}
    </article>
  );
}

type Trans = ReturnType<typeof useTrans>;

function stateName(trans: Trans, state: Experiment['state']): string {
  switch (state) {
    case 'running':
      return trans.__('running');
    case 'stopped':
      return trans.__('stopped');
    case 'promoted':
      return trans.__('promoted');
    case 'rolled back':
      return trans.__('rolled back');
  }
}

function verdict(trans: Trans, result: VariantResult | undefined): string {
  const rate = result?.summary?.accepted;
  const found = rate ? `${share(rate)}, ${interval(rate)}` : '';
  if (!result || result.is_baseline) {
    return found;
  }
  return [found, verdictName(trans, result.verdict)].filter(Boolean).join(' · ');
}

function verdictName(trans: Trans, found: VariantResult['verdict']): string {
  switch (found) {
    case 'better':
      return trans.__('better');
    case 'worse':
      return trans.__('worse');
    case 'cannot tell yet':
      return trans.__('cannot tell yet');
  }
}

/** Wait for what was asked for, then look again; say so if it was refused. */
function useAct(promptId: string): (work: Promise<unknown>) => void {
  const trans = useTrans();
  const queries = useQueryClient();
  return work => {
    void work
      .catch(error => notifyProblem(trans, trans.__('The experiment was not changed.'), error))
      .finally(() => void queries.invalidateQueries({ queryKey: experimentsKey(promptId) }));
  };
}
