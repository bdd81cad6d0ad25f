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
import { Filters } from './filters';
import { ANYTHING, formatOf, isNarrowed, save, usePrompts, type Wanted } from './model';

export default function Prompts(): JSX.Element {
  const { api, commands, queries, trans } = useWove();
  const chooser = useRef<HTMLInputElement>(null);
  const [wanted, setWanted] = useState<Wanted>(ANYTHING);
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
        <Card key={card.id} card={card} onNarrow={more => setWanted({ ...wanted, ...more })} />
      ))}
    </Panel>
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
  return isNarrowed(wanted) ? (
    <EmptyState
      icon={promptIcon}
      title={trans.__('No such prompt')}
      hint={trans.__('No prompt that you may see is all that you ask for.')}
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

interface CardProps {
  readonly card: PromptCard;
  readonly onNarrow: (more: Partial<Wanted>) => void;
}

function Card({ card, onNarrow }: CardProps): JSX.Element {
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
        {card.use_cases.map(word => (
          <Tag key={word} onClick={() => onNarrow({ useCase: word })}>
            {word}
          </Tag>
        ))}
        {card.stack.map(word => (
          <Tag key={word} onClick={() => onNarrow({ stack: word })}>
            {word}
          </Tag>
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
