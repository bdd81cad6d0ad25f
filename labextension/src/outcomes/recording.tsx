/** The setting of the account: whether what becomes of one's answers is recorded. */
import React from 'react';

import { confirm, notifyProblem, useTrans, useWove } from '../ui';
import { CHOICE, choose, useChoice } from './model';

export function Recording(): JSX.Element | null {
  const { api, queries } = useWove();
  const trans = useTrans();
  const { data: choice } = useChoice();
  if (!choice) {
    return null;
  }
  const change = async (isRecorded: boolean, forget = false): Promise<void> => {
    await choose(api, isRecorded, forget).catch(error =>
      notifyProblem(trans, trans.__('The setting was not saved.'), error)
    );
    await queries.invalidateQueries({ queryKey: CHOICE });
  };
  const forget = async (): Promise<void> => {
    const agreed = await confirm(trans, {
      title: trans.__('Delete what is recorded of your answers?'),
      body: trans.__('What they cost stays in your spending. This cannot be undone.'),
      accept: trans.__('Delete'),
      danger: true
    });
    await (agreed && change(choice.is_recorded, true));
  };
  return (
    <section>
      <h3>{trans.__('Outcomes of prompts')}</h3>
      <label>
        <input
          type="checkbox"
          checked={choice.is_recorded}
          onChange={({ target }) => void change(target.checked)}
        />{' '}
        {trans.__('Record whether I accept what prompts suggest, and whether it runs')}
      </label>
      <p className="wove-Quiet">
        {trans.__('Others see it only together with that of at least four more people.')}
      </p>
      {choice.answers > 0 && (
        <button type="button" className="wove-Link" onClick={() => void forget()}>
          {trans.__('Delete what is recorded (%1 answers)…', choice.answers)}
        </button>
      )}
    </section>
  );
}
