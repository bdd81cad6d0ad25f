/** Asks whether something else was meant. */
import React from 'react';

import { useTrans } from '../ui';
import type { Meant } from './asked';
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
