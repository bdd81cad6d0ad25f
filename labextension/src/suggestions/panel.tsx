/** The right panel *Suggestions*: all that is suggested for the document that the user looks at. */
import { editIcon } from '@jupyterlab/ui-components';
import React from 'react';
import { useStore } from 'zustand';

import type { Suggestion } from '../api/models';
import { ActionButton, Avatar, EmptyState, Panel, RelativeTime, useTrans, useWove } from '../ui';
import { SUGGEST } from './commands';
import type { Desk } from './desk';
import { Suggested } from './entry';
import type { Entry, Review } from './model';
import { byCell } from './model';
import { cellsOf, go } from './showing';
import { nameOf } from './words';

export default function Suggestions({ desk }: { readonly desk: Desk }): JSX.Element {
  const trans = useTrans();
  const { room } = useStore(desk.rooms.current);
  const { review } = useStore(desk.reviews.current);
  if (review) {
    return <Shown desk={desk} review={review} />;
  }
  const hint = room
    ? trans.__('Choose Done above it, to see what others suggest.')
    : trans.__('Open a notebook or a text to see what is suggested for it.');
  return (
    <Panel title={trans.__('Suggestions')}>
      <EmptyState
        icon={editIcon}
        title={room ? trans.__('You suggest changes yourself') : trans.__('No document is open')}
        hint={hint}
      />
    </Panel>
  );
}

function Shown({ desk, review }: { desk: Desk; review: Review }): JSX.Element {
  const trans = useTrans();
  const { commands } = useWove();
  const entries = useStore(review.seen, seen => seen.entries);
  const suggest = {
    label: trans.__('Suggest changes'),
    onClick: () => void commands.execute(SUGGEST)
  };
  const authors = [
    ...new Map(entries.map(each => [each.suggestion.id, each.suggestion])).values()
  ];
  return (
    <Panel
      title={
        entries.length ? trans.__('Suggestions (%1)', entries.length) : trans.__('Suggestions')
      }
      tools={[{ ...suggest, icon: editIcon }]}
    >
      {entries.length === 0 && (
        <EmptyState
          icon={editIcon}
          title={trans.__('Nothing is suggested')}
          hint={trans.__(
            'Suggest changes without changing anything: who edits the document accepts or rejects each of them.'
          )}
          action={suggest}
        />
      )}
      {authors.map(suggestion => (
        <OfOne
          key={suggestion.id}
          desk={desk}
          review={review}
          suggestion={suggestion}
          entries={entries.filter(each => each.suggestion.id === suggestion.id)}
        />
      ))}
    </Panel>
  );
}

interface OfOneProps {
  readonly desk: Desk;
  readonly review: Review;
  readonly suggestion: Suggestion;
  readonly entries: readonly Entry[];
}

function OfOne({ desk, review, suggestion, entries }: OfOneProps): JSX.Element {
  const trans = useTrans();
  const wove = useWove();
  const { may_accept, is_mine, agent } = suggestion;
  const name = nameOf(trans, suggestion);
  const decide = async (verdict: 'accept' | 'reject'): Promise<void> => {
    const deciding = await import('./deciding');
    await deciding[verdict](wove, review, entries);
  };
  return (
    <section className="wove-Suggestion" aria-label={trans.__('By %1', name)}>
      <header className="wove-Suggestion-head">
        <Avatar name={name} />
        <strong>{is_mine && agent === '' ? trans.__('You') : name}</strong>
        <span className="wove-Muted">
          <RelativeTime iso={suggestion.created} />
        </span>
      </header>
      {entries.map(entry => (
        <Suggested
          key={entry.key}
          review={review}
          entry={entry}
          isOpen
          {...goes(desk, review, entry)}
        />
      ))}
      {entries.length > 1 && (
        <div className="wove-Actions">
          {may_accept && (
            <ActionButton label={trans.__('Accept all')} onClick={() => void decide('accept')} />
          )}
          {(may_accept || is_mine) && (
            <ActionButton
              label={is_mine && !may_accept ? trans.__('Take all back') : trans.__('Reject all')}
              onClick={() => void decide('reject')}
            />
          )}
        </div>
      )}
    </section>
  );
}

/** A notebook has a place to go to, a text has not. */
function goes(desk: Desk, review: Review, entry: Entry): { onGo?: () => void } {
  const [place] = byCell([entry], cellsOf(desk, review)).keys();
  return place ? { onGo: () => go(desk, review, entry, place) } : {};
}
