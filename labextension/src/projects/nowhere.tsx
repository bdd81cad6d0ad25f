/** Draws what to do where there is no project yet. */
import { PathExt } from '@jupyterlab/coreutils';
import React from 'react';

import { ActionButton, EmptyState, useTrans, useWove, woveIcon } from '../ui';

const IMPORT = 'wove:import-archive';

interface NowhereProps {
  /** The folder or notebook that could become a project; '' where there is none. */
  readonly candidate: string;
}

/** Nothing here keeps versions yet. */
export function Nowhere({ candidate }: NowhereProps): JSX.Element {
  const { commands } = useWove();
  const trans = useTrans();
  const make = {
    label: candidate.endsWith('.ipynb')
      ? trans.__('Make a project of this notebook')
      : trans.__('Make this folder a project'),
    onClick: () => void commands.execute('wove:make-project', { path: candidate })
  };
  return (
    <div className="wove-Nowhere">
      {candidate ? (
        <EmptyState
          icon={woveIcon}
          title={trans.__('%1 is in no project', PathExt.basename(candidate))}
          hint={trans.__(
            'A project keeps every version of its notebooks, and can be published and remixed.'
          )}
          action={make}
        />
      ) : (
        <EmptyState
          icon={woveIcon}
          title={trans.__('No project here')}
          hint={trans.__('Go into a folder to make it a project, or start with a new one.')}
        />
      )}
      <OtherWays />
    </div>
  );
}

function OtherWays(): JSX.Element {
  const { commands } = useWove();
  const trans = useTrans();
  const run = (command: string): void => void commands.execute(command);
  return (
    <div className="wove-Actions wove-mod-centred">
      <ActionButton label={trans.__('New project…')} onClick={() => run('wove:new-project')} />
      {commands.hasCommand(IMPORT) && (
        <ActionButton label={trans.__('Import archive…')} onClick={() => run(IMPORT)} />
      )}
    </div>
  );
}
