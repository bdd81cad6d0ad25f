/** Draws the panel *Prompts*: what there is to ask with, and the ways to more. */
import { addIcon, fileUploadIcon, refreshIcon } from '@jupyterlab/ui-components';
import React, { useId, useRef, useState } from 'react';

import { unwrap } from '../api/client';
import type { PromptCard } from '../api/models';
import {
  Busy,
  EmptyState,
  ErrorState,
  notifyProblem,
  Panel,
  promptIcon,
  Tag,
  useTrans,
  useWove
} from '../ui';
import { formatOf, save, usePrompts, type Wanted } from './model';

export default function Prompts(): JSX.Element {
  const { api, commands, queries, trans } = useWove();
  const chooser = useRef<HTMLInputElement>(null);
  const [wanted, setWanted] = useState<Wanted>({ words: '', whose: 'all', order: 'votes' });
  const prompts = usePrompts(wanted);
  const write = (): void => void commands.execute('wove:new-prompt');
  const take = async (file: File): Promise<void> => {
    const text = await file.text();
    const format = formatOf(file.name, text);
    try {
      const id =
        format === 'wove'
          ? await save(api, text, '', null)
          : (await unwrap(api.POST('/wove/api/prompts/imports', { body: { format, text } }))).id;
      await queries.invalidateQueries({ queryKey: ['prompts'] });
      await commands.execute('wove:open-prompt', { id });
    } catch (problem) {
      notifyProblem(trans, trans.__('%1 was not taken in.', file.name), problem);
    }
  };
  return (
    <Panel
      title={trans.__('Prompts')}
      tools={[
        { icon: addIcon, label: trans.__('Write a prompt'), onClick: write },
        {
          icon: fileUploadIcon,
          label: trans.__('Take in a prompt from a file'),
          onClick: () => chooser.current?.click()
        },
        {
          icon: refreshIcon,
          label: trans.__('Refresh'),
          onClick: () => void queries.invalidateQueries({ queryKey: ['prompts'] })
        }
      ]}
    >
      <input
        ref={chooser}
        type="file"
        hidden
        accept=".md,.json,.yaml,.yml"
        aria-label={trans.__('A file with a prompt')}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) {
            void take(file);
          }
          target.value = '';
        }}
      />
      <Filters wanted={wanted} onChange={setWanted} />
      {prompts.error && (
        <ErrorState problem={prompts.error} onRetry={() => void prompts.refetch()} />
      )}
      {prompts.isPending && <Busy />}
      {prompts.data?.length === 0 && <Empty wanted={wanted} onWrite={write} />}
      {prompts.data?.map(card => (
        <Card key={card.id} card={card} />
      ))}
    </Panel>
  );
}

interface FiltersProps {
  readonly wanted: Wanted;
  readonly onChange: (wanted: Wanted) => void;
}

function Filters({ wanted, onChange }: FiltersProps): JSX.Element {
  const trans = useTrans();
  return (
    <div className="wove-Filters wove-Prompts">
      <input
        type="search"
        className="jp-mod-styled"
        value={wanted.words}
        placeholder={trans.__('Words, use case, library')}
        aria-label={trans.__('Search prompts')}
        onChange={event => onChange({ ...wanted, words: event.target.value })}
      />
      <div className="wove-Filters-row">
        <select
          className="jp-mod-styled"
          value={wanted.whose}
          aria-label={trans.__('Whose')}
          onChange={event => onChange({ ...wanted, whose: event.target.value as Wanted['whose'] })}
        >
          <option value="all">{trans.__('All')}</option>
          <option value="mine">{trans.__('Mine')}</option>
        </select>
        <select
          className="jp-mod-styled"
          value={wanted.order}
          aria-label={trans.__('Order')}
          onChange={event => onChange({ ...wanted, order: event.target.value as Wanted['order'] })}
        >
          <option value="votes">{trans.__('Most votes')}</option>
          <option value="new">{trans.__('Newest')}</option>
        </select>
      </div>
    </div>
  );
}

function Empty({
  wanted,
  onWrite
}: {
  readonly wanted: Wanted;
  readonly onWrite: () => void;
}): JSX.Element {
  const trans = useTrans();
  return wanted.words ? (
    <EmptyState
      icon={promptIcon}
      title={trans.__('No such prompt')}
      hint={trans.__('No prompt that you may see has all of these words.')}
    />
  ) : (
    <EmptyState
      icon={promptIcon}
      title={trans.__('No prompts yet')}
      hint={trans.__('Write a question that is worth asking again, or take one in from a file.')}
      action={{ label: trans.__('Write a prompt'), onClick: onWrite }}
    />
  );
}

function Card({ card }: { readonly card: PromptCard }): JSX.Element {
  const { commands, trans } = useWove();
  const heading = useId();
  return (
    <article className="wove-Card" aria-labelledby={heading}>
      <h3 id={heading} className="wove-Card-title">
        <button
          type="button"
          className="wove-Link"
          onClick={() =>
            void commands.execute('wove:open-prompt', { id: card.id, name: card.name })
          }
        >
          {card.title || card.name}
        </button>
      </h3>
      {card.description && <p className="wove-Card-description">{card.description}</p>}
      <div className="wove-Labels">
        {card.visibility === 'private' && <Tag>{trans.__('private')}</Tag>}
        {[...card.use_cases, ...card.stack].map(word => (
          <Tag key={word}>{word}</Tag>
        ))}
      </div>
      <div className="wove-Facts">
        <span>{card.owner.name}</span>
        <span>{card.number}</span>
        <span>{trans._n('%1 vote', '%1 votes', card.votes)}</span>
      </div>
    </article>
  );
}
