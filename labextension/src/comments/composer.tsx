/** Draws where a comment is written: Ctrl+Enter sends it, an @ offers people. */
import { useQuery } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import React, { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';

import { createKeys } from '../api/intent';
import type { PersonRef } from '../api/models';
import { around, members } from '../projects/queries';
import { ActionButton, notifyProblem, useTrans, useWove } from '../ui';
import { begunHandle, called, meant } from './calling';
import { useDraft } from './drafts';
import type { Discussion } from './model';

const LONGEST = 10_000;

/** What is needed of the discussion in which it is written. */
type Talk = Pick<Discussion, 'path' | 'store'>;

interface ComposerProps {
  readonly talk: Talk;
  /** The name under which what is not sent is kept. */
  readonly keptAs: string;
  /** The verb on the button. */
  readonly label: string;
  readonly begunWith?: string;
  /** What the user asked to write about; each time they do, the field has the cursor. */
  readonly asked?: unknown;
  readonly onCancel?: () => void;
  readonly send: (text: string, key: string) => Promise<void>;
}

export function Composer(props: ComposerProps): JSX.Element {
  const { talk, keptAs, label, begunWith, asked, onCancel, send } = props;
  const trans = useTrans();
  const { isOnline } = useStore(talk.store);
  const [text, setText] = useDraft(`${talk.path}:${keptAs}`, begunWith);
  const [isSending, setSending] = useState(false);
  const keyOf = useMemo(() => createKeys<{ text: string }>(), []);
  const field = useRef<HTMLTextAreaElement>(null);
  const calling = useCalling(talk, field, text, setText);
  useEffect(() => {
    if (asked !== undefined) {
      field.current?.focus();
    }
  }, [asked]);
  const canSend = isOnline && !isSending && text.trim() !== '';
  const submit = async (): Promise<void> => {
    setSending(true);
    try {
      await send(text, keyOf({ text }));
      setText('');
    } catch (error) {
      notifyProblem(trans, trans.__('The comment was not sent.'), error);
    }
    setSending(false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      if (canSend) {
        void submit();
      }
    } else {
      calling.onKeyDown(event);
    }
  };
  return (
    <div className="wove-Composer">
      <textarea
        ref={field}
        rows={3}
        maxLength={LONGEST}
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={calling.people.length > 0 ? calling.list : undefined}
        aria-activedescendant={
          calling.people.length > 0 ? `${calling.list}-${calling.active}` : undefined
        }
        placeholder={trans.__('Markdown; @ names people; Ctrl+Enter sends')}
        value={text}
        onChange={event => {
          setText(event.target.value);
          calling.look(event.target.selectionStart);
        }}
        onKeyDown={onKeyDown}
      />
      <People calling={calling} />
      <div className="wove-Actions">
        <ActionButton
          primary
          label={isOnline ? label : trans.__('Needs the connection')}
          disabled={!canSend}
          onClick={() => void submit()}
        />
        {onCancel && <ActionButton label={trans.__('Cancel')} onClick={onCancel} />}
      </div>
      {!isOnline && text !== '' && (
        <p className="wove-Muted">{trans.__('What you wrote is kept in this browser.')}</p>
      )}
    </div>
  );
}

interface Calling {
  readonly list: string;
  readonly people: readonly PersonRef[];
  readonly active: number;
  readonly look: (cursor: number) => void;
  readonly choose: (handle: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Offer the people of the project while a handle is typed. */
function useCalling(
  talk: Talk,
  field: React.RefObject<HTMLTextAreaElement>,
  text: string,
  setText: (text: string) => void
): Calling {
  const list = useId();
  const everybody = usePeople(talk);
  const [cursor, setCursor] = useState(-1);
  const [active, setActive] = useState(0);
  const begun = cursor < 0 ? null : begunHandle(text, cursor);
  const people = begun === null ? [] : meant(everybody, begun);
  const choose = (handle: string): void => {
    const [next, at] = called(text, cursor, handle);
    setText(next);
    setCursor(-1);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(at, at);
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const person = people[active];
    if (!person) {
      return;
    }
    if (step) {
      setActive((active + step + people.length) % people.length);
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      choose(person.handle);
    } else if (event.key === 'Escape') {
      setCursor(-1);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const look = (at: number): void => {
    setCursor(at);
    setActive(0);
  };
  return { list, people, active, look, choose, onKeyDown };
}

/** Those who work on the project of the document; nobody where it is in none. */
function usePeople(talk: Talk): PersonRef[] {
  const { api } = useWove();
  const project = useQuery(around(api, talk.path)).data;
  const { data } = useQuery({ ...members(api, project?.id ?? ''), enabled: Boolean(project) });
  return data?.map(({ person }) => person) ?? [];
}

function People({ calling }: { readonly calling: Calling }): JSX.Element | null {
  const trans = useTrans();
  const { list, people, active, choose } = calling;
  if (people.length === 0) {
    return null;
  }
  return (
    <ul id={list} className="wove-Calling" role="listbox" aria-label={trans.__('People')}>
      {people.map(({ handle, name }, at) => (
        <li
          key={handle}
          id={`${list}-${at}`}
          role="option"
          aria-selected={at === active}
          onMouseDown={event => {
            event.preventDefault();
            choose(handle);
          }}
        >
          {name} <span className="wove-Muted">@{handle}</span>
        </li>
      ))}
    </ul>
  );
}
