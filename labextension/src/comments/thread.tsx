/** Draws one thread: what it is about, what was said, and what can be done with it. */
import { checkIcon, closeIcon, editIcon, undoIcon } from '@jupyterlab/ui-components';
import React, { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';

import type { Message, Thread } from '../api/models';
import { Markdown } from '../published/markdown';
import { Avatar, confirm, notifyProblem, RelativeTime, Tag, ToolButton, useTrans } from '../ui';
import { Composer } from './composer';
import type { Desk } from './desk';
import type { Discussion, Shown } from './model';
import { change, remove, reply, settle } from './sending';

interface ThreadProps {
  readonly desk: Desk;
  readonly talk: Discussion;
  readonly me: string;
  readonly shown: Shown;
  /** Go to what it is about. */
  readonly onGo: () => void;
}

export function ThreadView({ desk, talk, me, shown, onGo }: ThreadProps): JSX.Element {
  const trans = useTrans();
  const { chosen, role } = useStore(talk.store);
  const node = useRef<HTMLLIElement>(null);
  const { thread } = shown;
  const isChosen = chosen === thread.id;
  useEffect(() => {
    if (isChosen) {
      node.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [isChosen]);
  return (
    <li
      ref={node}
      className={`wove-Thread${isChosen ? ' wove-mod-chosen' : ''}`}
      aria-current={isChosen || undefined}
    >
      <Head {...{ desk, talk, shown, onGo }} mayWrite={role !== 'viewer'} />
      {thread.messages.map(message => (
        <Said key={message.id} {...{ desk, talk, me, thread, message }} />
      ))}
      {isChosen && role !== 'viewer' && (
        <Composer
          talk={talk}
          keptAs={thread.id}
          label={trans.__('Reply')}
          send={async (text, key) => {
            await reply(desk.wove.api, talk.path, thread, text, key);
          }}
        />
      )}
    </li>
  );
}

interface HeadProps extends Omit<ThreadProps, 'me'> {
  readonly mayWrite: boolean;
}

function Head({ desk, talk, shown, onGo, mayWrite }: HeadProps): JSX.Element {
  const trans = useTrans();
  const { thread, found } = shown;
  const isResolved = thread.resolved !== null;
  const toggle = (): void => {
    settle(desk.wove.api, talk.path, thread, !isResolved).catch((error: unknown) =>
      notifyProblem(trans, trans.__('Nothing was changed.'), error)
    );
  };
  return (
    <header className="wove-Thread-head">
      <button type="button" className="wove-Thread-place" onClick={onGo}>
        <Where talk={talk} shown={shown} />
      </button>
      {found.sure === 'likely' && <Tag>{trans.__('probably here')}</Tag>}
      {found.sure === 'outdated' && <Tag>{trans.__('outdated')}</Tag>}
      {isResolved && <Tag>{trans.__('resolved by %1', thread.resolved?.by.name)}</Tag>}
      {mayWrite && (
        <ToolButton
          icon={isResolved ? undoIcon : checkIcon}
          label={isResolved ? trans.__('Open again') : trans.__('Resolve')}
          onClick={toggle}
        />
      )}
      {thread.anchor.quote && <Quoted text={thread.anchor.quote.text} />}
      {!thread.anchor.quote && found.sure === 'outdated' && (
        <Quoted text={thread.anchor.cell?.source ?? ''} />
      )}
    </header>
  );
}

function Where({ talk, shown: { found } }: Pick<ThreadProps, 'talk' | 'shown'>): JSX.Element {
  const trans = useTrans();
  const { content } = talk;
  const at = typeof content === 'string' ? -1 : content.findIndex(({ id }) => id === found.cell);
  if (found.sure === 'outdated' && at === -1) {
    return <>{trans.__('Not in the document any more')}</>;
  }
  if (at !== -1) {
    return <>{trans.__('Cell %1', at + 1)}</>;
  }
  return <>{found.start === null ? trans.__('The whole file') : trans.__('In the text')}</>;
}

export function Quoted({ text }: { readonly text: string }): JSX.Element {
  return (
    <blockquote className="wove-Quoted">
      <code>{text.length > 200 ? `${text.slice(0, 200)}…` : text}</code>
    </blockquote>
  );
}

interface SaidProps extends Pick<ThreadProps, 'desk' | 'talk' | 'me'> {
  readonly thread: Thread;
  readonly message: Message;
}

function Said({ desk, talk, me, thread, message }: SaidProps): JSX.Element {
  const trans = useTrans();
  const [isEdited, setEdited] = useState(false);
  const { author, text, created, edited } = message;
  return (
    <article className="wove-Said" aria-label={trans.__('%1 said', author.name)}>
      <header className="wove-Said-head">
        <Avatar name={author.name} />
        <strong>{author.name}</strong>
        <span className="wove-Muted">
          <RelativeTime iso={created} /> {edited && trans.__('(edited)')}
        </span>
        <Tools {...{ desk, talk, me, thread, message }} onEdit={() => setEdited(true)} />
      </header>
      {isEdited ? (
        <Composer
          talk={talk}
          asked={message.id}
          keptAs={message.id}
          begunWith={text}
          label={trans.__('Save')}
          onCancel={() => setEdited(false)}
          send={async changed => {
            await change(desk.wove.api, talk.path, thread, message.id, changed);
            setEdited(false);
          }}
        />
      ) : (
        <Markdown rendermime={desk.rendermime} source={text} />
      )}
    </article>
  );
}

interface ToolsProps extends SaidProps {
  readonly onEdit: () => void;
}

function Tools({ desk, talk, me, thread, message, onEdit }: ToolsProps): JSX.Element {
  const trans = useTrans();
  const { role } = useStore(talk.store);
  const isMine = message.author.handle === me && role !== 'viewer';
  const mayDelete = isMine || role === 'editor' || role === 'owner';
  const erase = async (): Promise<void> => {
    const question = {
      title: trans.__('Delete this comment?'),
      body: trans.__('It is gone for everybody.'),
      accept: trans.__('Delete'),
      danger: true
    };
    if (await confirm(trans, question)) {
      await remove(desk.wove.api, talk.path, thread, message.id).catch((error: unknown) =>
        notifyProblem(trans, trans.__('The comment was not deleted.'), error)
      );
    }
  };
  return (
    <span className="wove-Said-tools">
      {isMine && <ToolButton icon={editIcon} label={trans.__('Edit')} onClick={onEdit} />}
      {mayDelete && (
        <ToolButton icon={closeIcon} label={trans.__('Delete')} onClick={() => void erase()} />
      )}
    </span>
  );
}
