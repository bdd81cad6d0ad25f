/** Draws the status bar item: what was spent today, what is left, and what agents wait for. */
import { useQueryClient } from '@tanstack/react-query';
import React, { useEffect } from 'react';
import { useStore } from 'zustand';

import { useTrans, useWove } from '../ui';
import { dollars, lastDays, pressure, tightest, useUsage, useWaiting } from './model';
import { asked } from './store';

export default function Item(): JSX.Element | null {
  const count = useStore(asked, ({ count }) => count);
  const queries = useQueryClient();
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ['usage'] });
    void queries.invalidateQueries({ queryKey: ['approvals', 'waiting'] });
  }, [queries, count]);
  return count > 0 ? (
    <>
      <Questions />
      <Meter />
    </>
  ) : null;
}

function Questions(): JSX.Element | null {
  const { commands, trans } = useWove();
  const { data = [] } = useWaiting(true);
  return data.length === 0 ? null : (
    <button
      type="button"
      className="wove-Status wove-Meter"
      data-pressure="near"
      title={trans.__('Show what agents wait for')}
      onClick={() => void commands.execute('wove:questions')}
    >
      {trans._n('%1 question of an agent', '%1 questions of agents', data.length)}
    </button>
  );
}

function Meter(): JSX.Element | null {
  const { commands } = useWove();
  const trans = useTrans();
  const today = lastDays(1);
  const { data } = useUsage('model', today);
  if (!data) {
    return null;
  }
  const budget = tightest(data.budgets);
  const words = [
    trans.__('%1 today', dollars(data.total.dollars)),
    ...(data.total.unpriced > 0
      ? [trans._n('%1 of unknown price', '%1 of unknown price', data.total.unpriced)]
      : []),
    ...(budget ? [trans.__('%1 left', dollars(budget.left))] : [])
  ];
  return (
    <button
      type="button"
      className="wove-Status wove-Meter"
      data-pressure={pressure(budget)}
      title={trans.__('Show what models have cost')}
      onClick={() => void commands.execute('wove:usage')}
    >
      {words.join(' · ')}
    </button>
  );
}
