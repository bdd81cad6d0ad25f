/** The field for the name in the address of an app; says while one types whether it is free. */
import { useQuery } from '@tanstack/react-query';
import React, { useEffect, useRef } from 'react';

import { useRested } from '../search/model';
import { useTrans, useWove } from '../ui';
import { Field } from '../ui/form';
import { SLUG } from './addresses';
import { appName } from './queries';

interface SlugFieldProps {
  readonly value: string;
  /** The name that the app has already. */
  readonly own: string | undefined;
  readonly onChange: (slug: string) => void;
}

export function SlugField({ value, own, onChange }: SlugFieldProps): JSX.Element {
  const trans = useTrans();
  const { fits, taken } = useVerdict(value, own);
  const field = useRef<HTMLInputElement>(null);
  // The dialog judges its fields when somebody types; that a name is taken is known later.
  useEffect(() => {
    field.current?.dispatchEvent(new Event('input', { bubbles: true }));
  }, [taken]);
  const verdict = !fits
    ? trans.__('Use 3 to 40 small letters, digits, and dashes between them.')
    : taken
      ? trans.__('Another app has this name. Choose another one.')
      : trans.__('The address of the app begins with it.');
  return (
    <Field label={trans.__('Name in the address')} hint={verdict}>
      {ids => (
        <input
          {...ids}
          ref={field}
          className="jp-mod-styled"
          required
          pattern={taken ? NEVER : SLUG}
          minLength={3}
          maxLength={40}
          aria-invalid={!fits || taken}
          value={value}
          onChange={event => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** Fits nothing, so that the dialog can't be sent. */
const NEVER = '(?!)';

function useVerdict(slug: string, own: string | undefined): { fits: boolean; taken: boolean } {
  const fits = new RegExp(`^${SLUG}$`).test(slug) && slug.length >= 3;
  const rested = useRested(slug);
  const isOwn = slug === own;
  const asked = appName(useWove().api, rested);
  const { data } = useQuery({ ...asked, enabled: fits && !isOwn && rested === slug });
  return { fits, taken: !isOwn && data?.slug === slug && !data.is_free };
}
