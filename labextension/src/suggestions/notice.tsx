/** Draws above a document without cells that somebody suggests changes of it. */
import React from 'react';
import { useStore } from 'zustand';

import { ActionButton, useTrans, useWove } from '../ui';
import type { Review } from './model';
import { sentence } from './words';

export default function Notice({ review }: { readonly review: Review }): JSX.Element {
  const trans = useTrans();
  const { commands } = useWove();
  const [entry] = useStore(review.seen, seen => seen.entries);
  return (
    <div className="wove-Band" role="status">
      <span className="wove-Band-words">{entry && sentence(trans, entry)}</span>
      <ActionButton
        label={trans.__('Show')}
        onClick={() => void commands.execute('wove:show-suggestions')}
      />
    </div>
  );
}
