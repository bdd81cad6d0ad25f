/** Asks somebody once whether models may be asked that cost money. */
import React, { useState } from 'react';

import { unwrap } from '../api/client';
import { ActionButton, notifyProblem, useWove } from '../ui';

export function Agree(): JSX.Element {
  const { api, trans } = useWove();
  const [state, setState] = useState<'open' | 'busy' | 'agreed'>('open');
  const agree = async (): Promise<void> => {
    setState('busy');
    try {
      await unwrap(api.POST('/wove/api/ai/consent'));
      setState('agreed');
    } catch (problem) {
      notifyProblem(trans, trans.__('It was not written down that you agree.'), problem);
      setState('open');
    }
  };
  if (state === 'agreed') {
    return <p className="wove-Muted">{trans.__('You agreed. Ask again.')}</p>;
  }
  return (
    <ActionButton
      label={trans.__('I agree that they may cost money')}
      primary
      disabled={state === 'busy'}
      onClick={() => void agree()}
    />
  );
}
