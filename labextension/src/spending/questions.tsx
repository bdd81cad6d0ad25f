/** All that agents wait for, of all chats, to be answered in one place. */
import { refreshIcon } from '@jupyterlab/ui-components';
import React from 'react';

import { Asked } from '../chat/asked';
import { Busy, EmptyState, ErrorState, Panel, useWove, woveIcon } from '../ui';
import { useWaiting } from './model';

export default function Questions(): JSX.Element {
  const { queries, trans } = useWove();
  const { data, error } = useWaiting(true);
  const refresh = (): void => void queries.invalidateQueries({ queryKey: ['approvals'] });
  return (
    <Panel
      title={trans.__('Questions of agents')}
      tools={[{ icon: refreshIcon, label: trans.__('Refresh'), onClick: refresh }]}
    >
      {error && <ErrorState problem={error} onRetry={refresh} />}
      {!data && !error && <Busy />}
      {data?.length === 0 && (
        <EmptyState
          icon={woveIcon}
          title={trans.__('Nobody waits for you')}
          hint={trans.__(
            'What an agent may only do with your leave is asked here and in its chat.'
          )}
        />
      )}
      {data?.map(({ id }) => (
        <Asked key={id} id={id} />
      ))}
    </Panel>
  );
}
