/** Says which notebook a model is going to see, and leaves it out. */
import type { TranslationBundle } from '@jupyterlab/translation';
import { PathExt } from '@jupyterlab/coreutils';
import React from 'react';

import type { Sight } from './sight';
import { useSight } from './use-sight';

interface SightButtonProps {
  readonly trans: TranslationBundle;
  readonly sight: Sight;
}

export function SightButton({ trans, sight }: SightButtonProps): JSX.Element | null {
  const where = useSight(sight, () => said(trans, sight));
  const isOn = useSight(sight, () => sight.isOn);
  if (where === '') {
    return null;
  }
  const title = isOn
    ? trans.__('The model sees %1, and the kinds of its variables. Press to leave it out.', where)
    : trans.__('The model does not see %1. Press to show it.', where);
  return (
    <button
      type="button"
      className="wove-Sight"
      aria-pressed={isOn}
      title={title}
      onClick={() => (sight.isOn = !sight.isOn)}
    >
      {where}
    </button>
  );
}

function said(trans: TranslationBundle, sight: Sight): string {
  const { focus, number } = sight;
  if (!focus) {
    return '';
  }
  const name = PathExt.basename(focus.notebook);
  return number === null ? name : trans.__('%1, cell %2', name, number);
}
