/** The box in which people type what they look for, and from which they walk through the hits. */
import { InputGroup } from '@jupyterlab/ui-components';
import type { KeyboardEvent, RefObject } from 'react';
import React from 'react';

import { useTrans } from '../ui';

interface BoxProps {
  readonly field: RefObject<HTMLInputElement>;
  readonly words: string;
  readonly onWords: (words: string) => void;
  /** The id of the list that shows the hits. */
  readonly list: string;
  readonly count: number;
  /** Which hit Enter opens, from 0; -1 while none was chosen. */
  readonly active: number;
  readonly onActive: (active: number) => void;
  readonly onOpen: (active: number) => void;
}

/** The id of one hit in a list. */
export function optionId(list: string, at: number): string {
  return `${list}-${at}`;
}

/** A search field with a list below it: arrows choose, Enter opens, Escape clears. */
export function Box(props: BoxProps): JSX.Element {
  const trans = useTrans();
  const { list, active, count } = props;
  return (
    <InputGroup
      type="search"
      role="combobox"
      inputRef={props.field}
      className="wove-SearchBox"
      aria-label={trans.__('Search projects and notebooks')}
      aria-expanded={count > 0}
      aria-controls={list}
      aria-autocomplete="list"
      aria-activedescendant={active >= 0 && active < count ? optionId(list, active) : undefined}
      placeholder={trans.__('Words or code')}
      rightIcon="ui-components:search"
      value={props.words}
      onChange={event => props.onWords(event.target.value)}
      onKeyDown={event => press(event, props)}
    />
  );
}

function press(event: KeyboardEvent, { count, active, ...props }: BoxProps): void {
  const acts: Record<string, () => void> = {
    ArrowDown: () => props.onActive(Math.min(active + 1, count - 1)),
    ArrowUp: () => props.onActive(Math.max(active - 1, 0)),
    Enter: () => props.onOpen(Math.max(active, 0)),
    Escape: () => props.onWords('')
  };
  const act = acts[event.key];
  if (act && (count > 0 || event.key === 'Escape')) {
    event.preventDefault();
    act();
  }
}
