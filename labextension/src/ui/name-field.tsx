/** The field for what a thing or a person is called. */
import React from 'react';

import { Field } from './form';

interface NameFieldProps {
  readonly label: string;
  /** What to write there, in a sentence. */
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A line that must have words in it, as many as the server takes. */
export function NameField({ value, onChange, ...words }: NameFieldProps): JSX.Element {
  return (
    <Field {...words}>
      {ids => (
        <input
          {...ids}
          className="jp-mod-styled"
          required
          pattern=".*\S.*"
          maxLength={120}
          value={value}
          onChange={event => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
