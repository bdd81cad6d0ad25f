/** A dot that shows by its colour how something is, with the word that says it. */
import React from 'react';

import type { Tone } from './words';

export function Dot({ word, tone }: { readonly word: string; readonly tone: Tone }): JSX.Element {
  return (
    <span className="wove-State-word">
      <span className="wove-Dot" data-tone={tone} aria-hidden="true" />
      {word}
    </span>
  );
}
