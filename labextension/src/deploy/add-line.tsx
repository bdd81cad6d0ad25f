/** A line with a field and a button that adds what is in it. */
import type { FormEvent } from 'react';
import React, { useId, useState } from 'react';

import { ActionButton, useTrans } from '../ui';

interface AddLineProps {
  readonly label: string;
  readonly pattern?: string;
  readonly onAdd: (text: string) => Promise<void>;
}

export function AddLine({ label, pattern, onAdd }: AddLineProps): JSX.Element {
  const trans = useTrans();
  const id = useId();
  const [text, setText] = useState('');
  const wanted = text.trim();
  const fits = wanted !== '' && (!pattern || new RegExp(`^(${pattern})$`).test(wanted));
  const add = async (): Promise<void> => {
    await onAdd(wanted);
    setText('');
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (fits) {
      void add();
    }
  };
  return (
    <form className="wove-AddMember" onSubmit={onSubmit}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="jp-mod-styled"
        autoComplete="off"
        maxLength={253}
        value={text}
        onChange={event => setText(event.target.value)}
      />
      <ActionButton label={trans.__('Add')} disabled={!fits} onClick={() => void add()} />
    </form>
  );
}
