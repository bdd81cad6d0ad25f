/** Long work that can be watched and stopped. */
import React, { useId } from 'react';

import { ActionButton } from './button';
import { useTrans } from './context';

interface ProgressBarProps {
  readonly label: string;
  /** The share that is done, 0 to 1; left out while it is unknown. */
  readonly done?: number;
  readonly onCancel?: () => void;
}

/** How far a piece of work is, with a button that stops it. */
export function ProgressBar({ label, done, onCancel }: ProgressBarProps): JSX.Element {
  const trans = useTrans();
  const id = useId();
  return (
    <div className="wove-Progress">
      <label className="wove-Progress-label" htmlFor={id}>
        {label}
      </label>
      <progress id={id} className="wove-Progress-bar" max={1} value={done} />
      {onCancel && <ActionButton label={trans.__('Cancel')} onClick={onCancel} />}
    </div>
  );
}
