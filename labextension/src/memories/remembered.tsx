/** One thing that agents remember: where it came from, and how to change it or have it forgotten. */
import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { Memory } from '../api/models';
import type { IWove } from '../tokens';
import { notifyProblem, RelativeTime, useTrans, useWove } from '../ui';
import { ask } from '../ui/form';
import { forget, MEMORIES, remember, rephrase } from './queries';

interface RememberedProps {
  readonly memory: Memory;
  readonly mayChange: boolean;
}

export function Remembered({ memory, mayChange }: RememberedProps): JSX.Element {
  const wove = useWove();
  const trans = useTrans();
  return (
    <li>
      <span>{memory.text}</span>
      <span className="wove-Muted">
        {whence(trans, memory)} · <RelativeTime iso={memory.changed} />
      </span>
      {mayChange && (
        <span className="wove-Memories-verbs">
          <button
            type="button"
            className="wove-Link"
            aria-label={trans.__('Change: %1', memory.text)}
            onClick={() => void change(wove, memory)}
          >
            {trans.__('Change…')}
          </button>
          <button
            type="button"
            className="wove-Link"
            aria-label={trans.__('Forget: %1', memory.text)}
            onClick={() => void drop(wove, memory)}
          >
            {trans.__('Forget')}
          </button>
        </span>
      )}
    </li>
  );
}

/** Says who wrote or allowed it, and in which chat an agent asked for that. */
export function whence(trans: TranslationBundle, { by, source }: Memory): string {
  const who = by?.name ?? trans.__('somebody who has left');
  return source.agent
    ? trans.__('%1 asked in %2, %3 allowed it', source.agent, source.chat, who)
    : trans.__('written by %1', who);
}

async function change(wove: IWove, { id, text, project_id: project }: Memory): Promise<void> {
  const { api, queries, trans } = wove;
  await ask(wove, {
    title: trans.__('What agents remember'),
    accept: trans.__('Save'),
    initial: { text },
    fields: ({ value, change: type }) => (
      <textarea
        className="jp-mod-styled"
        required
        maxLength={500}
        rows={4}
        aria-label={trans.__('What agents are to remember')}
        value={value.text}
        onChange={event => type({ text: event.target.value })}
      />
    ),
    send: value => rephrase(api, id, value.text)
  });
  await queries.invalidateQueries({ queryKey: [MEMORIES, project] });
}

async function drop(wove: IWove, { id, text, project_id: project }: Memory): Promise<void> {
  const { api, queries, trans } = wove;
  const again = (): Promise<void> => queries.invalidateQueries({ queryKey: [MEMORIES, project] });
  try {
    await forget(api, id);
    const undo = (): void => void remember(api, text, project).then(again);
    Notification.info(trans.__('It is forgotten.'), {
      autoClose: 10_000,
      actions: [{ label: trans.__('Undo'), callback: undo }]
    });
  } catch (problem) {
    notifyProblem(trans, trans.__('It is still remembered.'), problem);
  }
  await again();
}
