/** Draws the panel *Wove*. */
import React from 'react';

import { EmptyState, Panel, useTrans, useWove, woveIcon } from '../ui';

export default function Projects(): JSX.Element {
  const { commands } = useWove();
  const trans = useTrans();
  return (
    <Panel title={trans.__('Wove')}>
      <EmptyState
        icon={woveIcon}
        title={trans.__('Nothing woven yet')}
        hint={trans.__('A project keeps every version of its notebooks. Begin with a notebook.')}
        action={{
          label: trans.__('New notebook'),
          onClick: () => void commands.execute('notebook:create-new')
        }}
      />
    </Panel>
  );
}
