/** Draws the bar above the page while somebody is followed. */
import React from 'react';
import { useStore } from 'zustand';

import { ActionButton, useTrans } from '../ui';
import { Face } from './face';
import type { Following } from './following';

export default function Bar({ following }: { readonly following: Following }): JSX.Element | null {
  const trans = useTrans();
  const { leader, note } = useStore(following.store);
  if (!leader) {
    return null;
  }
  return (
    <div className="wove-FollowBar" style={{ borderColor: leader.colour }}>
      <Face person={leader} follows={false} />
      <span role="status">
        {trans.__('You follow %1', leader.name)}
        {note && <span className="wove-Muted">{` · ${note}`}</span>}
      </span>
      <ActionButton label={trans.__('Stop (Esc)')} onClick={() => following.stop()} />
    </div>
  );
}
