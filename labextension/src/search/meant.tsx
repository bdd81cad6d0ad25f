/** Asks whether something else was meant, or is looked for elsewhere. */
import React from 'react';

import { useTrans } from '../ui';
import type { Change, Meant } from './asked';
import { Marked } from './hits';

interface DidYouMeanProps {
  readonly meant: Meant;
  readonly onTake: (words: string) => void;
}

export function DidYouMean({ meant, onTake }: DidYouMeanProps): JSX.Element {
  const trans = useTrans();
  return (
    <p className="wove-Meant" role="status">
      {trans.__('Did you mean')}{' '}
      <button type="button" className="wove-Link" onClick={() => onTake(meant.q)}>
        <Marked fragments={meant.text} />
      </button>
      ?
    </p>
  );
}

interface PatternProps {
  readonly words: string;
  readonly change: Change;
}

/** Leads who typed a pattern to where patterns are looked for. */
export function PatternInWords({ words, change }: PatternProps): JSX.Element | null {
  const trans = useTrans();
  return hasPattern(words) ? (
    <p className="wove-Meant" role="status">
      {trans.__('A pattern between slashes is looked for in code:')}{' '}
      <button type="button" className="wove-Link" onClick={() => change({ where: 'code' })}>
        {trans.__('Search code')}
      </button>
    </p>
  ) : null;
}

/** Whether something stands between slashes by itself, as paths do not. */
export function hasPattern(words: string): boolean {
  return /(?:^|\s)-?\/[^\s/](?:.*[^\\])?\/(?:\s|$)/.test(words);
}
