/** The labels of a prompt: which version each means, who may move it, and what that needs. */
import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import React, { useState } from 'react';

import { unwrap } from '../api/client';
import type { PromptCard, PromptLabel, PromptVersion } from '../api/models';
import { ActionButton, ErrorState, notifyProblem, Tag, useTrans, useWove } from '../ui';

interface LabelsProps {
  readonly card: PromptCard;
  readonly versions: readonly PromptVersion[];
}

export function Labels({ card, versions }: LabelsProps): JSX.Element {
  const { api, trans } = useWove();
  const params = { path: { prompt_id: card.id } };
  const { data, error } = useQuery({
    queryKey: ['prompts', card.id, 'labels'],
    queryFn: () => unwrap(api.GET('/wove/api/prompts/{prompt_id}/labels', { params }))
  });
  const mayMove = card.role === 'owner' || card.role === 'editor';
  return (
    <section className="wove-PromptLabels" aria-label={trans.__('Labels')}>
      <h4>{trans.__('Labels')}</h4>
      {error && <ErrorState problem={error} />}
      <ul>
        {data?.map(label => (
          <Label key={label.label} label={label} card={card} versions={versions} />
        ))}
      </ul>
      {mayMove && <Add card={card} />}
    </section>
  );
}

interface LabelProps extends LabelsProps {
  readonly label: PromptLabel;
}

function Label({ label, card, versions }: LabelProps): JSX.Element {
  const trans = useTrans();
  const change = useChange(card);
  const { label: name, number, least } = label;
  const isOwner = card.role === 'owner';
  const mayMove = !label.automatic && (isOwner || (card.role === 'editor' && !label.protected));
  return (
    <li>
      <Tag>{name}</Tag>
      {mayMove ? (
        <select
          className="jp-mod-styled"
          aria-label={trans.__('The version that %1 means', name)}
          value={number}
          onChange={({ target }) => void change.move(name, target.value)}
        >
          {versions.map(each => (
            <option key={each.number}>{each.number}</option>
          ))}
        </select>
      ) : (
        <span>{number}</span>
      )}
      {isOwner && !label.automatic ? (
        <Rules key={`${name} ${least ?? ''}`} label={label} change={change} />
      ) : (
        <span className="wove-Muted">{said(trans, label)}</span>
      )}
    </li>
  );
}

function Rules({
  label: { label: name, number, protected: isProtected, least },
  change
}: {
  readonly label: PromptLabel;
  readonly change: Change;
}): JSX.Element {
  const trans = useTrans();
  const [wanted, setWanted] = useState(least === null ? '' : String(Math.round(least * 100)));
  return (
    <>
      <label>
        <input
          type="checkbox"
          checked={isProtected}
          onChange={({ target }) => void change.move(name, number, target.checked)}
        />{' '}
        {trans.__('only owners move it')}
      </label>
      <label>
        {trans.__('needs a score of')}{' '}
        <input
          className="jp-mod-styled"
          type="number"
          min={0}
          max={100}
          aria-label={trans.__('The score in per cent that %1 needs; none if empty', name)}
          value={wanted}
          onChange={({ target }) => setWanted(target.value)}
          onBlur={() => {
            const score = wanted === '' ? null : Number(wanted) / 100;
            if (score !== least) {
              void change.require(name, score);
            }
          }}
        />{' '}
        %
      </label>
      <button
        type="button"
        className="wove-Link"
        aria-label={trans.__('Remove %1', name)}
        onClick={() => void change.remove(name)}
      >
        {trans.__('Remove')}
      </button>
    </>
  );
}

function said(
  trans: ReturnType<typeof useTrans>,
  { automatic, protected: isProtected, least }: PromptLabel
): string {
  const words = [
    automatic ? trans.__('always the newest') : isProtected && trans.__('only owners move it'),
    least !== null && trans.__('needs a score of %1 %', Math.round(least * 100))
  ];
  return words.filter(Boolean).join(' · ');
}

function Add({ card }: { readonly card: PromptCard }): JSX.Element {
  const trans = useTrans();
  const change = useChange(card);
  const [name, setName] = useState('');
  const add = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    await change.move(name, card.number);
    setName('');
  };
  return (
    <form className="wove-PromptLabels-add" onSubmit={event => void add(event)}>
      <input
        className="jp-mod-styled"
        value={name}
        maxLength={40}
        placeholder={trans.__('production')}
        aria-label={trans.__('The name of a new label')}
        onChange={event => setName(event.target.value)}
      />
      <ActionButton
        label={trans.__('Put it on %1', card.number)}
        disabled={!name}
        onClick={() => void add()}
      />
    </form>
  );
}

interface Change {
  readonly move: (label: string, version: string, isProtected?: boolean) => Promise<void>;
  readonly require: (label: string, least: number | null) => Promise<void>;
  readonly remove: (label: string) => Promise<void>;
}

/** Ways to change labels; what the server says against it is shown. */
function useChange({ id }: PromptCard): Change {
  const { api, queries, trans } = useWove();
  const to = (label: string): { params: { path: { prompt_id: string; label: string } } } => ({
    params: { path: { prompt_id: id, label } }
  });
  const done = async (work: Promise<unknown>): Promise<void> => {
    await work.catch(error => notifyProblem(trans, trans.__('The label stays as it is.'), error));
    await queries.invalidateQueries({ queryKey: ['prompts', id] });
  };
  return {
    move: (label, version, isProtected) => {
      const body = { version, protected: isProtected ?? null };
      const path = '/wove/api/prompts/{prompt_id}/labels/{label}' as const;
      return done(unwrap(api.PUT(path, { ...to(label), body })));
    },
    require: (label, least) => {
      const path = '/wove/api/prompts/{prompt_id}/labels/{label}/rule' as const;
      return done(
        least === null
          ? unwrap(api.DELETE(path, to(label)))
          : unwrap(api.PUT(path, { ...to(label), body: { least } }))
      );
    },
    remove: label =>
      done(unwrap(api.DELETE('/wove/api/prompts/{prompt_id}/labels/{label}', to(label))))
  };
}
