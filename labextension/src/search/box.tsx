/** The box in which people type what they look for, and from which they walk through the hits. */
import { InputGroup } from '@jupyterlab/ui-components';
import type { KeyboardEvent, RefObject } from 'react';
import React, { useId } from 'react';

import { useTrans } from '../ui';
import type { Completion } from './asked';
import type { Completing } from './completing';
import { useCompleting } from './completing';
import { Completions } from './completions';

/** More the server does not read. */
const LONGEST = 500;

interface BoxProps {
  readonly field: RefObject<HTMLInputElement>;
  readonly words: string;
  readonly onWords: (words: string) => void;
  readonly isOffered: (item: Completion) => boolean;
  /** The id of the list that shows the hits. */
  readonly list: string;
  readonly count: number;
  /** Which hit Enter opens, from 0; -1 while none was chosen. */
  readonly active: number;
  readonly onActive: (active: number) => void;
  readonly onOpen: (active: number) => void;
  /** Go to what was found where it is no list. */
  readonly onLeave: () => void;
}

/** The id of one entry of a list. */
export function optionId(list: string, at: number): string {
  return `${list}-${at}`;
}

/** A search field that completes what is typed; arrows choose, Enter opens, Escape clears. */
export function Box(props: BoxProps): JSX.Element {
  const trans = useTrans();
  const popup = useId();
  const completing = useCompleting(props.field, props.words, props.onWords, props.isOffered);
  const { items } = completing;
  const [list, active, count] = items.length
    ? [popup, completing.active, items.length]
    : [props.list, props.active, props.count];
  return (
    <div className="wove-SearchField">
      <InputGroup
        type="search"
        role="combobox"
        inputRef={props.field}
        className="wove-SearchBox"
        autoComplete="off"
        spellCheck={false}
        maxLength={LONGEST}
        aria-label={trans.__('Search projects and notebooks')}
        aria-expanded={count > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 && active < count ? optionId(list, active) : undefined}
        placeholder={trans.__('Words, code, or tag:…')}
        rightIcon="ui-components:search"
        value={props.words}
        onChange={({ target }) => completing.type(target.value, caretOf(target))}
        onSelect={event => completing.move(caretOf(event.currentTarget))}
        onBlur={completing.close}
        onKeyDown={event => press(event, props, completing)}
      />
      <Completions list={popup} {...completing} />
    </div>
  );
}

function caretOf({ selectionStart, value }: HTMLInputElement): number {
  return selectionStart ?? value.length;
}

type Acts = Record<string, () => void>;

function press(event: KeyboardEvent, props: BoxProps, completing: Completing): void {
  const acts = completing.items.length ? completingActs(props, completing) : walkingActs(props);
  const act = event.shiftKey || event.nativeEvent.isComposing ? undefined : acts[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
}

/** What keys do while completions are offered; past the last one, they go on to the hits. */
function completingActs(props: BoxProps, completing: Completing): Acts {
  const { items, active, choose, take, close } = completing;
  const chosen = items[active];
  // Tab leaves the field where it would be no surprise: words are complete as they are.
  const next = chosen ?? items.find(({ kind }) => kind !== 'word');
  const leave = (): void => {
    close();
    walkingActs(props).ArrowDown?.();
  };
  return {
    ArrowDown: () => (active < items.length - 1 ? choose(active + 1) : leave()),
    ArrowUp: () => choose(Math.max(active - 1, -1)),
    Enter: () => (chosen ? take(chosen) : close()),
    Escape: close,
    ...(next && { Tab: () => take(next) })
  };
}

function walkingActs({ count, active, ...props }: BoxProps): Acts {
  if (count === 0) {
    return { Escape: () => props.onWords(''), ArrowDown: props.onLeave };
  }
  return {
    ArrowDown: () => props.onActive(Math.min(active + 1, count - 1)),
    ArrowUp: () => props.onActive(Math.max(active - 1, 0)),
    Enter: () => props.onOpen(Math.max(active, 0)),
    Escape: () => props.onWords('')
  };
}
