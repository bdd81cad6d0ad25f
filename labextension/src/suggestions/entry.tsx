/** Draws one change that somebody suggests, with what the user may do about it. */
import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import React, { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';

import { Lines } from '../history/lines';
import { ActionButton, Avatar, useTrans, useWove } from '../ui';
import type { Entry, Review } from './model';
import { amount, nameOf, sentence } from './words';

interface EntryProps {
  readonly review: Review;
  readonly entry: Entry;
  /** Whether to show at once what it is. */
  readonly isOpen?: boolean;
  /** Goes to the cell. */
  readonly onGo?: () => void;
}

export function Suggested({ review, entry, isOpen = false, onGo }: EntryProps): JSX.Element {
  const trans = useTrans();
  const [shown, show] = useState(isOpen);
  const place = useRef<HTMLElement>(null);
  const chosen = useStore(review.seen, ({ chosen }) => chosen === entry.key && !onGo);
  useEffect(() => {
    if (chosen) {
      show(true);
      place.current?.focus();
    }
  }, [chosen]);
  const said = sentence(trans, entry);
  const Caret = shown ? caretDownIcon : caretRightIcon;
  return (
    <article
      ref={place}
      className={`wove-Suggested wove-mod-${entry.change.difference.kind}`}
      tabIndex={-1}
      aria-label={said}
      onFocus={() => review.choose(entry.key)}
    >
      <header className="wove-Suggested-head">
        <button
          type="button"
          className="wove-Suggested-toggle"
          aria-expanded={shown}
          onClick={() => show(!shown)}
        >
          <Caret.react tag="span" aria-hidden="true" />
          <Avatar name={nameOf(trans, entry.suggestion)} />
          <span className="wove-Suggested-words">{said}</span>
          <span className="wove-Muted">{amount(entry)}</span>
        </button>
        <Actions review={review} entry={entry} {...(onGo && { onGo })} />
      </header>
      {shown && <What entry={entry} />}
    </article>
  );
}

function What({ entry }: { readonly entry: Entry }): JSX.Element {
  const trans = useTrans();
  const { difference } = entry.change;
  const changed = difference.source.some(({ op }) => op === '+' || op === '-');
  return (
    <div className="wove-Suggested-what">
      {difference.moved && (
        <p className="wove-Muted">
          {trans.__(
            'From place %1 to place %2',
            (difference.old_index ?? 0) + 1,
            (difference.new_index ?? 0) + 1
          )}
        </p>
      )}
      {difference.old_cell_type && difference.old_cell_type !== difference.cell_type && (
        <p className="wove-Muted">
          {trans.__('%1 becomes %2', difference.old_cell_type, difference.cell_type)}
        </p>
      )}
      {difference.metadata_changed && <p className="wove-Muted">{trans.__('Metadata changed')}</p>}
      {changed && <Lines lines={difference.source} />}
    </div>
  );
}

function Actions({ review, entry, onGo }: Omit<EntryProps, 'isOpen'>): JSX.Element {
  const wove = useWove();
  const { trans } = wove;
  const { may_accept, is_mine } = entry.suggestion;
  const [busy, setBusy] = useState(false);
  const decide = async (verdict: 'accept' | 'reject'): Promise<void> => {
    setBusy(true);
    const deciding = await import('./deciding');
    await deciding[verdict](wove, review, [entry]);
    setBusy(false);
  };
  return (
    <span className="wove-Suggested-actions">
      {onGo && <ActionButton label={trans.__('Show')} onClick={onGo} />}
      {may_accept && (
        <ActionButton
          label={trans.__('Accept')}
          primary
          disabled={busy}
          onClick={() => void decide('accept')}
        />
      )}
      {(may_accept || is_mine) && (
        <ActionButton
          label={is_mine && !may_accept ? trans.__('Take back') : trans.__('Reject')}
          disabled={busy}
          onClick={() => void decide('reject')}
        />
      )}
    </span>
  );
}
