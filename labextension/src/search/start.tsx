/** What can be typed, by examples that search for themselves. */
import React from 'react';

import { useTrans } from '../ui';
import type { Asked, Change } from './asked';
import { useExamples } from './meanings';

interface ExamplesProps {
  readonly asked: Asked;
  readonly change: Change;
}

export function Examples({ asked, change }: ExamplesProps): JSX.Element {
  const trans = useTrans();
  return (
    <section className="wove-Examples" aria-label={trans.__('Examples')}>
      <p>
        {asked.where === 'code'
          ? trans.__('Finds lines in files and cells, letter by letter. For example:')
          : trans.__('Type words in any order, and narrow with qualifiers. For example:')}
      </p>
      <ul>
        {useExamples(asked.where).map(([words, meaning]) => (
          <li key={words}>
            <button
              type="button"
              className="wove-Example"
              onClick={() => change({ words, regex: false })}
            >
              {words}
            </button>
            <div className="wove-Quiet">{meaning}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}
