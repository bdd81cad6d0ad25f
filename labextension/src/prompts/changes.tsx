/** Changes of a prompt that people suggest, to be read, accepted, declined or withdrawn. */
import { useQuery } from '@tanstack/react-query';
import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useState } from 'react';

import { unwrap } from '../api/client';
import type { ChangeRequest, PromptCard } from '../api/models';
import { ActionButton, Busy, ErrorState, RelativeTime, Tag, useTrans, useWove } from '../ui';
import { DiffView } from './diff';
import { useAct } from './model';

export function Changes({ card }: { readonly card: PromptCard }): JSX.Element {
  const { api, trans } = useWove();
  const params = { path: { prompt_id: card.id } };
  const { data, error, refetch } = useQuery({
    queryKey: ['prompts', card.id, 'changes'],
    queryFn: async () =>
      (await unwrap(api.GET('/wove/api/prompts/{prompt_id}/changes', { params }))).items
  });
  return (
    <section className="wove-PromptTalk" aria-label={trans.__('Suggested changes')}>
      <h4>{trans.__('Suggested changes')}</h4>
      {error && <ErrorState problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Busy />}
      {data?.length === 0 && (
        <p className="wove-Muted">
          {trans.__('There are none. Who may not write on it suggests changes in “Text”.')}
        </p>
      )}
      <ul>
        {data?.map(each => (
          <Change key={each.id} card={card} change={each} />
        ))}
      </ul>
    </section>
  );
}

interface ChangeProps {
  readonly card: PromptCard;
  readonly change: ChangeRequest;
}

function Change({ card, change }: ChangeProps): JSX.Element {
  const trans = useTrans();
  const [isOpen, setOpen] = useState(false);
  const title = change.note || trans.__('A change of %1', change.base);
  return (
    <li>
      <span>
        <button
          type="button"
          className="wove-Link"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {title}
        </button>{' '}
        <Tag>{stateOf(trans, change)}</Tag>
      </span>
      <span className="wove-Muted">
        {trans.__('%1, for version %2', change.author.name, change.base)} ·{' '}
        <RelativeTime iso={change.created} />
        {change.reason && ` · ${trans.__('%1: %2', change.decided_by?.name, change.reason)}`}
      </span>
      {isOpen && <What card={card} change={change} />}
    </li>
  );
}

function stateOf(trans: TranslationBundle, { state, number }: ChangeRequest): string {
  switch (state) {
    case 'accepted':
      return trans.__('became %1', number);
    case 'declined':
      return trans.__('declined');
    case 'withdrawn':
      return trans.__('withdrawn');
    default:
      return trans.__('open');
  }
}

function What({ card, change }: ChangeProps): JSX.Element {
  const { api } = useWove();
  const params = { path: { prompt_id: card.id, change_id: change.id } };
  const { data, error, refetch } = useQuery({
    queryKey: ['prompts', card.id, 'changes', change.id],
    queryFn: () => unwrap(api.GET('/wove/api/prompts/{prompt_id}/changes/{change_id}', { params }))
  });
  if (error) {
    return <ErrorState problem={error} onRetry={() => void refetch()} />;
  }
  return data ? (
    <>
      <DiffView diff={data.diff} />
      {change.state === 'open' && <Verdict card={card} change={change} />}
    </>
  ) : (
    <Busy />
  );
}

function Verdict({ card, change }: ChangeProps): JSX.Element {
  const { api, trans } = useWove();
  const act = useAct(card.id);
  const [reason, setReason] = useState('');
  const params = { path: { prompt_id: card.id, change_id: change.id } };
  const root = '/wove/api/prompts/{prompt_id}/changes/{change_id}' as const;
  const decide = (work: Promise<unknown>): void => {
    void act(work, trans.__('The change stays open.'));
  };
  return (
    <div className="wove-Prompt-actions">
      {(card.role === 'owner' || card.role === 'editor') && (
        <>
          <ActionButton
            primary
            label={trans.__('Accept')}
            onClick={() => decide(unwrap(api.POST(`${root}/accept`, { params, body: {} })))}
          />
          <ActionButton
            label={trans.__('Decline')}
            onClick={() =>
              decide(unwrap(api.POST(`${root}/decline`, { params, body: { reason } })))
            }
          />
          <input
            className="jp-mod-styled"
            value={reason}
            maxLength={2000}
            placeholder={trans.__('Why not, for who suggested it')}
            aria-label={trans.__('Why you decline it')}
            onChange={event => setReason(event.target.value)}
          />
        </>
      )}
      {change.is_mine && (
        <ActionButton
          label={trans.__('Withdraw')}
          onClick={() => decide(unwrap(api.POST(`${root}/withdraw`, { params })))}
        />
      )}
    </div>
  );
}
