/** Ways to narrow what was found, as the qualifiers that do so. */
import React, { useState } from 'react';

import { useTrans } from '../ui';
import type { Facet, FacetValue } from './asked';

/** How many are offered at first, and of each qualifier. */
const FEW = 6;
const FEW_EACH = 2;

interface FacetsProps {
  readonly facets: readonly Facet[];
  /** Whether they are of what was typed before: then choosing one would undo what was typed since. */
  readonly isLate: boolean;
  readonly onWords: (words: string) => void;
}

interface Chip extends FacetValue {
  readonly name: string;
}

/** The values by which to narrow: the most useful first, all on demand. */
export function Facets({ facets, isLate, onWords }: FacetsProps): JSX.Element | null {
  const trans = useTrans();
  const [isFull, setFull] = useState(false);
  const all = chips(facets, Infinity);
  if (!all.length) {
    return null;
  }
  const shown = isFull ? all : chips(facets, FEW_EACH).slice(0, FEW);
  return (
    <div className="wove-Facets" role="group" aria-label={trans.__('Narrow')}>
      {shown.map(chip => (
        <Narrowing
          key={`${chip.name}:${chip.value}`}
          chip={chip}
          onClick={() => !isLate && onWords(chip.q)}
        />
      ))}
      {shown.length < all.length || isFull ? (
        <button
          type="button"
          className="wove-Link"
          aria-expanded={isFull}
          onClick={() => setFull(!isFull)}
        >
          {isFull ? trans.__('Fewer') : trans.__('%1 more', all.length - shown.length)}
        </button>
      ) : null}
    </div>
  );
}

/** Those that were chosen first, then so many of each qualifier. */
export function chips(facets: readonly Facet[], each: number): Chip[] {
  const all = facets.map(({ name, values }) => values.map(value => ({ name, ...value })));
  const chosen = all.flat().filter(chip => chip.chosen);
  return [...chosen, ...all.flatMap(of => of.filter(chip => !chip.chosen).slice(0, each))];
}

interface NarrowingProps {
  readonly chip: Chip;
  readonly onClick: () => void;
}

function Narrowing({ chip, onClick }: NarrowingProps): JSX.Element {
  return (
    <button
      type="button"
      className="wove-Facet"
      aria-pressed={chip.chosen}
      title={`${chip.name}:${chip.value}`}
      onClick={onClick}
    >
      <span className="wove-Facet-text">
        {chip.name}:<b>{chip.value}</b>
      </span>
      <span className="wove-Facet-count">{chip.count}</span>
    </button>
  );
}
