/** Draws above a document that the user sees a copy of it, in which they suggest changes. */
import React from 'react';
import { useStore } from 'zustand';

import { ActionButton, useTrans } from '../ui';
import type { Suggesting } from './suggesting';

export default function Band({ suggesting }: { readonly suggesting: Suggesting }): JSX.Element {
  const trans = useTrans();
  const { changes, isOver } = useStore(suggesting.told);
  const rule = isOver
    ? trans.__('This suggestion is closed: all of it was decided, or you may suggest no more.')
    : trans.__('You suggest changes. Nothing changes for others until somebody accepts.');
  const more = suggesting.isBook ? trans.__('Outputs are no part of it.') : '';
  return (
    <section className="wove-Band" aria-label={trans.__('Suggesting')} title={`${rule} ${more}`}>
      <span className="wove-Band-words">
        <strong>{rule}</strong> {!isOver && more && <span className="wove-Band-more">{more}</span>}
      </span>
      <span role="status" className="wove-Band-count">
        {changes > 0 && trans._n('%1 change', '%1 changes', changes)}
      </span>
      <ActionButton label={trans.__('Done')} primary onClick={() => void suggesting.done()} />
      {!isOver && (
        <ActionButton
          label={trans.__('Discard…')}
          onClick={() => void suggesting.askToDiscard()}
        />
      )}
    </section>
  );
}
