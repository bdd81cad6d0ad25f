/** Says how much agents may do without asking. */
import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { Mode, Sight } from './sight';
import { useSight } from './use-sight';

interface ModePickerProps {
  readonly trans: TranslationBundle;
  readonly sight: Sight;
}

export function ModePicker({ trans, sight }: ModePickerProps): JSX.Element {
  const mode = useSight(sight, () => sight.mode);
  const label = trans.__('What Wove may do');
  return (
    <select
      className="wove-Mode"
      aria-label={label}
      title={label}
      value={mode}
      onChange={event => (sight.mode = event.target.value as Mode)}
    >
      <option value="ask">{trans.__('Suggest changes')}</option>
      <option value="accept">{trans.__('Make changes')}</option>
      <option value="plan">{trans.__('Plan only')}</option>
    </select>
  );
}
