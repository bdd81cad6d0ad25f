/** A prompt in the main area: to ask with, to write on, and what it was. */
import { URLExt } from '@jupyterlab/coreutils';
import React, { useState } from 'react';

import { unwrap } from '../api/client';
import type { PromptCard, PromptContent } from '../api/models';
import { ActionButton, Busy, ErrorState, notifyProblem, Panel, useTrans, useWove } from '../ui';
import { Discussion } from './discussion';
import { Editor } from './editor';
import { Evaluations } from './evaluations';
import { FORMATS, useContent, usePrompt } from './model';
import { Use } from './use';
import type { Place } from './place';
import { Versions } from './versions';

type View = 'use' | 'text' | 'versions' | 'evaluations' | 'discussion';

interface PageProps {
  readonly id: string;
  readonly place: Place;
}

export default function Page({ id, place }: PageProps): JSX.Element {
  const card = usePrompt(id);
  const content = useContent(id, 'latest');
  const error = card.error ?? content.error;
  if (error) {
    return <ErrorState problem={error} onRetry={() => void card.refetch()} />;
  }
  return card.data && content.data ? (
    <Prompt card={card.data} content={content.data} place={place} />
  ) : (
    <Busy />
  );
}

interface PromptProps {
  readonly card: PromptCard;
  readonly content: PromptContent;
  readonly place: Place;
}

function Prompt({ card, content, place }: PromptProps): JSX.Element {
  const trans = useTrans();
  const [view, setView] = useState<View>('use');
  const views: readonly (readonly [View, string])[] = [
    ['use', trans.__('Ask with it')],
    ['text', trans.__('Text')],
    ['versions', trans.__('Versions')],
    ['evaluations', trans.__('Evaluations')],
    ['discussion', trans.__('Discussion')]
  ];
  return (
    <Panel title={card.title || card.name}>
      <div className="wove-Prompt">
        <Head card={card} place={place} />
        <div className="wove-Orders" role="group" aria-label={trans.__('View')}>
          {views.map(([each, label]) => (
            <button
              key={each}
              type="button"
              className="wove-Order"
              aria-pressed={view === each}
              onClick={() => setView(each)}
            >
              {label}
            </button>
          ))}
        </div>
        {view === 'use' && <Use card={card} content={content} place={place} />}
        {view === 'text' && (
          <Editor
            key={content.version.number}
            card={card}
            content={content}
            onSuggested={() => setView('discussion')}
          />
        )}
        {view === 'versions' && <Versions card={card} />}
        {view === 'discussion' && <Discussion card={card} />}
        {view === 'evaluations' && <Evaluations card={card} content={content} place={place} />}
      </div>
    </Panel>
  );
}

interface HeadProps {
  readonly card: PromptCard;
  readonly place: Place;
}

function Head({ card, place }: HeadProps): JSX.Element {
  const { api, commands, queries, trans } = useWove();
  const params = { path: { prompt_id: card.id } };
  const change = async (what: () => Promise<unknown>): Promise<void> => {
    try {
      await what();
    } catch (problem) {
      notifyProblem(trans, trans.__('Nothing was changed.'), problem);
    }
    await queries.invalidateQueries({ queryKey: ['prompts'] });
  };
  const vote = (): Promise<unknown> =>
    card.voted
      ? unwrap(api.DELETE('/wove/api/prompts/{prompt_id}/vote', { params }))
      : unwrap(api.PUT('/wove/api/prompts/{prompt_id}/vote', { params }));
  const fork = async (): Promise<void> => {
    const made = await unwrap(
      api.POST('/wove/api/prompts/{prompt_id}/fork', { params, body: {} })
    );
    await commands.execute('wove:open-prompt', { id: made.id });
  };
  const publish = (): Promise<unknown> =>
    card.visibility === 'private'
      ? unwrap(api.POST('/wove/api/prompts/{prompt_id}/publish', { params }))
      : unwrap(api.POST('/wove/api/prompts/{prompt_id}/unpublish', { params }));
  return (
    <header className="wove-Prompt-head">
      <p>{card.description}</p>
      <p className="wove-Muted">
        {trans.__('%1/%2, version %3', card.owner.handle, card.name, card.number)}
        {card.origin && ` · ${trans.__('a fork of %1', card.origin.said)}`}
      </p>
      <div className="wove-Prompt-actions">
        <ActionButton
          label={
            card.voted
              ? trans.__('Take my vote back (%1)', card.votes)
              : trans.__('Vote for it (%1)', card.votes)
          }
          onClick={() => void change(vote)}
        />
        <ActionButton label={trans.__('Fork')} onClick={() => void change(fork)} />
        {card.role === 'owner' && (
          <ActionButton
            label={card.visibility === 'private' ? trans.__('Publish') : trans.__('Unpublish')}
            onClick={() => void change(publish)}
          />
        )}
        <ActionButton
          label={trans.__('Outcomes')}
          onClick={() => {
            const name = `${card.owner.handle}/${card.name}`;
            void commands.execute('wove:open-outcomes', { name });
          }}
        />
        <Export card={card} place={place} />
      </div>
    </header>
  );
}

function Export({ card, place }: HeadProps): JSX.Element {
  const { trans } = useWove();
  return (
    <select
      className="jp-mod-styled"
      value=""
      aria-label={trans.__('Download it as a file')}
      onChange={({ target }) => {
        window.open(
          URLExt.join(place.baseUrl, `wove/api/prompts/${card.id}/export?format=${target.value}`)
        );
      }}
    >
      <option value="" disabled>
        {trans.__('Download…')}
      </option>
      {FORMATS.map(each => (
        <option key={each} value={each}>
          {each}
        </option>
      ))}
    </select>
  );
}
