/** Draws how what somebody types may go on, right below it. */
import React from 'react';

import { useTrans } from '../ui';
import type { Completion } from './asked';
import { optionId } from './box';
import type { Completing } from './completing';
import { useMeanings } from './meanings';

type CompletionsProps = Pick<Completing, 'items' | 'active' | 'take'> & { readonly list: string };

/** The completions, as the list of a search box; nothing where there are none. */
export function Completions({ list, items, active, take }: CompletionsProps): JSX.Element | null {
  const trans = useTrans();
  if (!items.length) {
    return null;
  }
  return (
    <ul id={list} role="listbox" className="wove-Completions" aria-label={trans.__('Completions')}>
      {items.map((item, at) => (
        <li
          key={item.q}
          id={optionId(list, at)}
          role="option"
          className="wove-Completion"
          aria-selected={at === active}
          // The cursor stays in the box.
          onMouseDown={event => event.preventDefault()}
          onClick={() => take(item)}
        >
          <span className="wove-Completion-text">{item.text}</span> <Note item={item} />
        </li>
      ))}
    </ul>
  );
}

function Note({ item: { kind, text, count } }: { readonly item: Completion }): JSX.Element | null {
  const trans = useTrans();
  const meanings = useMeanings();
  const counted = count === null ? '' : trans._n('%1 project', '%1 projects', count);
  const note = kind === 'qualifier' ? meanings[text] : counted;
  return note ? <span className="wove-Completion-note">{note}</span> : null;
}
