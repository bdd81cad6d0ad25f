/** What people say about a prompt, and the changes that they suggest. */
import { useQuery } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import React, { useState } from 'react';

import { unwrap } from '../api/client';
import type { PromptCard, PromptComment } from '../api/models';
import { ActionButton, Busy, ErrorState, RelativeTime, useTrans, useWove } from '../ui';
import { Changes } from './changes';
import { useAct } from './model';

const MOST = 100; // comments that are listed

export function Discussion({ card }: { readonly card: PromptCard }): JSX.Element {
  return (
    <>
      <Changes card={card} />
      <Comments card={card} />
    </>
  );
}

function Comments({ card }: { readonly card: PromptCard }): JSX.Element {
  const { api, trans } = useWove();
  const act = useAct(card.id);
  const params = { path: { prompt_id: card.id } };
  const { data, error, refetch } = useQuery({
    queryKey: ['prompts', card.id, 'comments'],
    queryFn: async () => {
      const query = { limit: MOST };
      const path = '/wove/api/prompts/{prompt_id}/comments' as const;
      return (await unwrap(api.GET(path, { params: { ...params, query } }))).items;
    }
  });
  const send = (text: string): Promise<boolean> =>
    act(
      unwrap(api.POST('/wove/api/prompts/{prompt_id}/comments', { params, body: { text } })),
      trans.__('The comment was not sent.')
    );
  return (
    <section className="wove-PromptTalk" aria-label={trans.__('Comments')}>
      <h4>{trans.__('Comments')}</h4>
      {error && <ErrorState problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Busy />}
      {data?.length === 0 && (
        <p className="wove-Muted">
          {trans.__('Nobody has said anything yet. Where did it help you, and where not?')}
        </p>
      )}
      <ul>
        {data?.map(each => (
          <Comment key={each.id} card={card} comment={each} />
        ))}
      </ul>
      <Write label={trans.__('Comment')} initial="" onSend={send} />
    </section>
  );
}

interface CommentProps {
  readonly card: PromptCard;
  readonly comment: PromptComment;
}

function Comment({ card, comment }: CommentProps): JSX.Element {
  const { api, trans } = useWove();
  const act = useAct(card.id);
  const [isEdited, setEdited] = useState(false);
  const params = { path: { prompt_id: card.id, comment_id: comment.id } };
  const path = '/wove/api/prompts/{prompt_id}/comments/{comment_id}' as const;
  const mayRemove = comment.is_mine || card.role === 'owner' || card.role === 'editor';
  const change = async (text: string): Promise<boolean> => {
    const work = unwrap(api.PATCH(path, { params, body: { text } }));
    const isDone = await act(work, trans.__('The comment stays as it is.'));
    setEdited(!isDone);
    return isDone;
  };
  const remove = (): Promise<boolean> =>
    act(unwrap(api.DELETE(path, { params })), trans.__('The comment is still there.'));
  if (isEdited) {
    return (
      <li>
        <Write label={trans.__('Save')} initial={comment.text} onSend={change} />
      </li>
    );
  }
  return (
    <li>
      <span className="wove-Muted">
        {comment.author.name} · <RelativeTime iso={comment.created} />
        {comment.edited && ` · ${trans.__('edited')}`}
      </span>
      <span className="wove-PromptTalk-text">{comment.text}</span>
      <span className="wove-PromptTalk-verbs">
        {comment.is_mine && (
          <button type="button" className="wove-Link" onClick={() => setEdited(true)}>
            {trans.__('Change')}
          </button>
        )}
        {mayRemove && (
          <button type="button" className="wove-Link" onClick={() => void remove()}>
            {trans.__('Remove')}
          </button>
        )}
      </span>
    </li>
  );
}

interface WriteProps {
  readonly label: string;
  readonly initial: string;
  readonly onSend: (text: string) => Promise<boolean>;
}

/** A field to write in; Ctrl+Enter sends it, too, and what was refused stays. */
function Write({ label, initial, onSend }: WriteProps): JSX.Element {
  const trans = useTrans();
  const [text, setText] = useState(initial);
  const [isBusy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    setBusy(true);
    if (await onSend(text)) {
      setText('');
    }
    setBusy(false);
  };
  const onKeyDown = ({ key, ctrlKey, metaKey }: KeyboardEvent): void => {
    if (key === 'Enter' && (ctrlKey || metaKey) && text.trim()) {
      void send();
    }
  };
  return (
    <div className="wove-PromptTalk-write">
      <textarea
        className="jp-mod-styled"
        rows={3}
        maxLength={10_000}
        value={text}
        aria-label={trans.__('What you say about the prompt')}
        onChange={event => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <ActionButton label={label} disabled={isBusy || !text.trim()} onClick={() => void send()} />
    </div>
  );
}
