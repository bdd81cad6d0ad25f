/** Draws what agents remember of a project or of oneself, and lets people mend it. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import React, { useState } from 'react';

import type { Memory } from '../api/models';
import { ActionButton, Busy, ErrorState, notifyProblem, useTrans, useWove } from '../ui';
import { Remembered } from './remembered';
import { MEMORIES, memoriesOf, remember } from './queries';

interface MemoriesProps {
  /** The project, or null for what is remembered of oneself. */
  readonly project: string | null;
  readonly mayChange: boolean;
}

export function Memories({ project, mayChange }: MemoriesProps): JSX.Element {
  const { api, trans } = useWove();
  const { data, error, refetch } = useQuery(memoriesOf(api, project));
  return (
    <section className="wove-Memories" aria-label={trans.__('What agents remember')}>
      <h3 className="wove-Heading">{trans.__('What agents remember')}</h3>
      {error && <ErrorState problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Busy />}
      {data?.length === 0 && <Nothing project={project} />}
      {data && data.length > 0 && <List memories={data} mayChange={mayChange} />}
      {data && mayChange && <Add project={project} />}
    </section>
  );
}

function Nothing({ project }: Pick<MemoriesProps, 'project'>): JSX.Element {
  const trans = useTrans();
  return (
    <p className="wove-Muted">
      {project === null
        ? trans.__('Nothing yet. Ask an agent to remember how you like things, or write it here.')
        : trans.__('Nothing yet. What everybody’s agents should know of this project goes here.')}
    </p>
  );
}

interface ListProps {
  readonly memories: readonly Memory[];
  readonly mayChange: boolean;
}

function List({ memories, mayChange }: ListProps): JSX.Element {
  return (
    <ul>
      {memories.map(each => (
        <Remembered key={each.id} memory={each} mayChange={mayChange} />
      ))}
    </ul>
  );
}

function Add({ project }: Pick<MemoriesProps, 'project'>): JSX.Element {
  const { api, trans } = useWove();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const add = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    try {
      await remember(api, text, project);
      setText('');
    } catch (problem) {
      notifyProblem(trans, trans.__('It is not remembered.'), problem);
    }
    await queries.invalidateQueries({ queryKey: [MEMORIES, project] });
  };
  return (
    <form className="wove-Memories-add" onSubmit={event => void add(event)}>
      <input
        className="jp-mod-styled"
        value={text}
        maxLength={500}
        aria-label={trans.__('What agents are to remember')}
        placeholder={trans.__('One fact or wish, in a sentence')}
        onChange={event => setText(event.target.value)}
      />
      <ActionButton
        label={trans.__('Remember')}
        disabled={!text.trim()}
        onClick={() => void add()}
      />
    </form>
  );
}
