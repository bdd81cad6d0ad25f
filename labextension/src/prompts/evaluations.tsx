/** The evaluations of a prompt: how well its versions do, and a notebook to begin another one. */
import { useQuery } from '@tanstack/react-query';
import React from 'react';

import { unwrap } from '../api/client';
import type { Evaluation, EvaluationContrast, PromptCard, PromptContent } from '../api/models';
import {
  ActionButton,
  Busy,
  EmptyState,
  ErrorState,
  notifyProblem,
  promptIcon,
  RelativeTime,
  useTrans,
  useWove
} from '../ui';
import { notebookFor } from './evaluating';
import type { Place } from './place';

interface EvaluationsProps {
  readonly card: PromptCard;
  readonly content: PromptContent;
  readonly place: Place;
}

export function Evaluations({ card, content, place }: EvaluationsProps): JSX.Element {
  const { api, commands, trans } = useWove();
  const params = { path: { prompt_id: card.id } };
  const { data, error, refetch } = useQuery({
    queryKey: ['prompts', 'evaluations', card.id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/wove/api/prompts/{prompt_id}/evaluations', { params, signal }))
  });
  const begin = async (): Promise<void> => {
    try {
      const path = await place.write(
        `${card.name}-evaluation`,
        notebookFor(card, content, place.baseUrl)
      );
      await commands.execute('docmanager:open', { path });
    } catch (problem) {
      notifyProblem(trans, trans.__('No notebook was made.'), problem);
    }
  };
  const mayBegin = card.role === 'owner' || card.role === 'editor';
  const action = { label: trans.__('Evaluate in a notebook'), onClick: () => void begin() };
  const found = data?.items.filter(each => each.ended !== null);
  return (
    <>
      {error && <ErrorState problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Busy />}
      {found?.length === 0 && (
        <EmptyState
          icon={promptIcon}
          title={trans.__('Nobody has evaluated it yet')}
          hint={
            mayBegin
              ? trans.__('Try its versions on rows of data, and have the answers graded.')
              : trans.__('Those who may edit it can. Fork it to evaluate it yourself.')
          }
          {...(mayBegin && { action })}
        />
      )}
      {found && found.length > 0 && (
        <>
          {mayBegin && (
            <div>
              <ActionButton {...action} />
            </div>
          )}
          {found.map(each => (
            <Found key={each.id} evaluation={each} />
          ))}
        </>
      )}
    </>
  );
}

function Found({ evaluation }: { readonly evaluation: Evaluation }): JSX.Element {
  const trans = useTrans();
  const { by, begun, rows, graders, notebook, scores, contrasts } = evaluation;
  return (
    <section className="wove-Evaluation">
      <p>
        {by?.name ?? trans.__('somebody who has left')} <RelativeTime iso={begun} /> ·{' '}
        {trans._n('%1 row', '%1 rows', rows)} · {graders.join(', ')}
        {notebook && ` · ${notebook}`}
      </p>
      <table className="wove-Evaluation-scores">
        <thead>
          <tr>
            <th scope="col">{trans.__('Version')}</th>
            <th scope="col">{trans.__('Model')}</th>
            <th scope="col">{trans.__('Score')}</th>
            <th scope="col">{trans.__('95 % between')}</th>
            <th scope="col">{trans.__('Without a score')}</th>
            <th scope="col">{trans.__('Cost')}</th>
            <th scope="col">{trans.__('Seconds')}</th>
          </tr>
        </thead>
        <tbody>
          {scores.map(each => (
            <tr key={`${each.version} ${each.model}`}>
              <th scope="row">{each.version}</th>
              <td>{each.model}</td>
              <td>{each.mean === null ? '' : percent(each.mean)}</td>
              <td>
                {each.low === null || each.high === null
                  ? trans.__('too few rows')
                  : trans.__('%1 and %2', percent(each.low), percent(each.high))}
              </td>
              <td>{each.missing}</td>
              <td>{each.dollars === null ? trans.__('unknown') : `$${each.dollars}`}</td>
              <td>{each.median?.toFixed(1) ?? ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {contrasts.map(each => (
        <Contrast key={`${each.version} ${each.base} ${each.model}`} contrast={each} />
      ))}
    </section>
  );
}

function Contrast({ contrast }: { readonly contrast: EvaluationContrast }): JSX.Element {
  const trans = useTrans();
  const { version, base, model, low, high } = contrast;
  const said =
    low === null || high === null
      ? trans.__('%1 and %2 with %3: too few rows to compare.', version, base, model)
      : low > 0
        ? trans.__('%1 does better than %2 with %3.', version, base, model)
        : high < 0
          ? trans.__('%1 does worse than %2 with %3.', version, base, model)
          : trans.__('No difference is seen between %1 and %2 with %3.', version, base, model);
  return <p className="wove-Muted">{said}</p>;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
