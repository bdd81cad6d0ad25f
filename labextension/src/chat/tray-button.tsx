/** Opens what a model would be shown, before anything is sent. */
import { Dialog, showDialog } from '@jupyterlab/apputils';
import React from 'react';

import type { IWove } from '../tokens';
import { Provided } from '../ui/provided';
import type { Sight } from './sight';
import { Tray } from './tray';
import { useSight } from './use-sight';

interface TrayButtonProps {
  readonly wove: IWove;
  readonly sight: Sight;
}

export function TrayButton({ wove, sight }: TrayButtonProps): JSX.Element | null {
  const { trans } = wove;
  const isThere = useSight(sight, () => sight.isOn && sight.focus !== null);
  const changed = useSight(sight, () => sight.wishes.pinned.length + sight.wishes.dropped.length);
  if (!isThere) {
    return null;
  }
  const label = trans.__('What the model is going to see');
  return (
    <button
      type="button"
      className="wove-TrayButton"
      aria-label={label}
      title={label}
      onClick={() => void open(wove, sight)}
    >
      {changed > 0 ? trans.__('Context (%1)', changed) : trans.__('Context')}
    </button>
  );
}

async function open(wove: IWove, sight: Sight): Promise<void> {
  await showDialog({
    title: wove.trans.__('What the model is going to see'),
    body: (
      <Provided wove={wove}>
        <Tray sight={sight} />
      </Provided>
    ),
    buttons: [Dialog.okButton({ label: wove.trans.__('Close') })]
  });
}
