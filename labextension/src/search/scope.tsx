/** Chooses among what to look, and how code is compared. */
import React from 'react';

import { useTrans } from '../ui';
import type { Asked, Change, Where } from './asked';
import { usePlaces } from './meanings';

interface ScopeProps {
  readonly asked: Asked;
  readonly change: Change;
}

export function Scope({ asked, change }: ScopeProps): JSX.Element {
  const trans = useTrans();
  const places = Object.entries(usePlaces()) as [Where, string][];
  return (
    <>
      <div className="wove-Orders" role="group" aria-label={trans.__('What to search')}>
        {places.map(([where, label]) => (
          <button
            key={where}
            type="button"
            className="wove-Order"
            aria-pressed={asked.where === where}
            onClick={() => change({ where })}
          >
            {label}
          </button>
        ))}
      </div>
      {asked.where === 'code' && <Comparison {...{ asked, change }} />}
    </>
  );
}

function Comparison({ asked: { regex, capitals }, change }: ScopeProps): JSX.Element {
  const trans = useTrans();
  return (
    <div className="wove-Comparison" role="group" aria-label={trans.__('How code is compared')}>
      <Toggle
        sign=".*"
        label={trans.__('Pattern')}
        isOn={regex}
        onClick={() => change({ regex: !regex })}
      />
      <Toggle
        sign="Aa"
        label={trans.__('Capitals count')}
        isOn={capitals}
        onClick={() => change({ capitals: !capitals })}
      />
    </div>
  );
}

interface ToggleProps {
  readonly sign: string;
  readonly label: string;
  readonly isOn: boolean;
  readonly onClick: () => void;
}

function Toggle({ sign, label, isOn, onClick }: ToggleProps): JSX.Element {
  return (
    <button type="button" className="wove-Facet" aria-pressed={isOn} onClick={onClick}>
      <code aria-hidden="true">{sign}</code> {label}
    </button>
  );
}
