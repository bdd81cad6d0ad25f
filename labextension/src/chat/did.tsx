/** Says what an agent did before it answered, and leads to what it suggests. */
import { PathExt } from '@jupyterlab/coreutils';
import React from 'react';

import { ActionButton, useTrans, useWove } from '../ui';
import { wordsOf } from './words';

export interface DidProps {
  readonly metadata: Record<string, unknown> | undefined;
}

export function Did({ metadata }: DidProps): JSX.Element | null {
  const trans = useTrans();
  const { steps, suggested } = wordsOf(metadata);
  if (steps.length === 0) {
    return null;
  }
  return (
    <div className="wove-Did">
      <details className="wove-Seen">
        <summary>{trans._n('Took %1 step', 'Took %1 steps', steps.length)}</summary>
        <ol>
          {steps.map((step, number) => (
            <li key={number}>{step}</li>
          ))}
        </ol>
      </details>
      {suggested.map(([path, count]) => (
        <Suggested key={path} path={path} count={count} />
      ))}
    </div>
  );
}

function Suggested({
  path,
  count
}: {
  readonly path: string;
  readonly count: number;
}): JSX.Element {
  const { commands, trans } = useWove();
  const show = async (): Promise<void> => {
    await commands.execute('docmanager:open', { path });
    await commands.execute('wove:show-suggestions');
  };
  return (
    <ActionButton
      label={trans._n(
        'Look at %1 suggested change in %2',
        'Look at %1 suggested changes in %2',
        count,
        PathExt.basename(path)
      )}
      onClick={() => void show()}
    />
  );
}
