/** Something that an agent may do only if somebody allows it: what exactly, and the answer. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import React, { useState } from 'react';

import type { Api } from '../api/client';
import { unwrap } from '../api/client';
import type { Approval } from '../api/models';
import { ActionButton, Busy, ErrorState, notifyProblem, useTrans, useWove } from '../ui';
import { PlanView } from './plan';
import { readPlan } from './words';

/** Milliseconds until it is looked at again whether somebody else has answered. */
const AGAIN = 5000;

/** The server's own words are shown: anybody could have written anything into the message. */
export function Asked({ id }: { readonly id: string }): JSX.Element {
  const { api } = useWove();
  const { data, error, refetch } = useQuery({
    queryKey: ['approvals', id],
    queryFn: () => approval(api, id),
    refetchInterval: ({ state }) => (state.data?.state === 'waiting' ? AGAIN : false)
  });
  if (error) {
    return <ErrorState problem={error} onRetry={() => void refetch()} />;
  }
  return data ? <Question approval={data} /> : <Busy />;
}

function Question({ approval }: { readonly approval: Approval }): JSX.Element {
  const trans = useTrans();
  const { title, shown, asked_by: whose } = approval;
  const plan = approval.tool === 'propose_plan' ? readPlan(approval.arguments) : null;
  return (
    <section className="wove-Asked" data-state={approval.state} aria-label={title}>
      <h4>{plan ? trans.__('May I go about it like this?') : trans.__('May I? %1', title)}</h4>
      {plan ? <PlanView plan={plan} /> : shown && <pre>{shown}</pre>}
      {approval.may_decide ? (
        <Answers approval={approval} />
      ) : (
        <p className="wove-Muted">{became(trans, approval, whose.name)}</p>
      )}
    </section>
  );
}

function Answers({ approval }: { readonly approval: Approval }): JSX.Element {
  const { api, trans } = useWove();
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const answer = async (verdict: Verdict): Promise<void> => {
    setBusy(true);
    try {
      await decide(api, approval.id, verdict, note);
    } catch (problem) {
      notifyProblem(trans, trans.__('The agent was not answered.'), problem);
    }
    await queries.invalidateQueries({ queryKey: ['approvals'] });
    setBusy(false);
  };
  return (
    <div className="wove-Asked-answers">
      <ActionButton
        label={trans.__('Allow')}
        primary
        disabled={busy}
        onClick={() => void answer('approve')}
      />
      <ActionButton
        label={trans.__('Refuse')}
        disabled={busy}
        onClick={() => void answer('reject')}
      />
      <ActionButton
        label={trans.__('Stop all of it')}
        disabled={busy}
        onClick={() => void answer('stop')}
      />
      <input
        className="jp-mod-styled"
        value={note}
        maxLength={500}
        placeholder={trans.__('Why not, or what instead')}
        aria-label={trans.__('What the agent hears if you refuse')}
        onChange={event => setNote(event.target.value)}
      />
    </div>
  );
}

function became(
  trans: ReturnType<typeof useTrans>,
  { state, decided_by: by, note }: Approval,
  whose: string
): string {
  const name = by?.name ?? '';
  switch (state) {
    case 'approved':
      return trans.__('%1 allowed it.', name);
    case 'rejected':
      return note ? trans.__('%1 refused: %2', name, note) : trans.__('%1 refused.', name);
    case 'withdrawn':
      return trans.__('The work was stopped.');
    default:
      return trans.__('%1 can answer, or an owner of the project.', whose);
  }
}

function approval(api: Api, id: string): Promise<Approval> {
  const params = { path: { approval_id: id } };
  return unwrap(api.GET('/wove/api/ai/approvals/{approval_id}', { params }));
}

type Verdict = 'approve' | 'reject' | 'stop';

async function decide(api: Api, id: string, verdict: Verdict, note: string): Promise<void> {
  const params = { path: { approval_id: id } };
  const given = { params, body: { note } };
  switch (verdict) {
    case 'approve':
      await unwrap(api.POST('/wove/api/ai/approvals/{approval_id}/approve', given));
      break;
    case 'reject':
      await unwrap(api.POST('/wove/api/ai/approvals/{approval_id}/reject', given));
      break;
    default:
      await unwrap(api.POST('/wove/api/ai/approvals/{approval_id}/stop', { params }));
  }
}
