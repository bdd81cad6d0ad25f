/** Lets the user change how others see them. */
import { Notification } from '@jupyterlab/apputils';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import React, { useState } from 'react';

import { unwrap } from '../api/client';
import type { Me } from '../api/models';
import { ProblemError } from '../api/problem';
import { useTrans, useWove } from '../ui';
import { Field } from '../ui/form';
import { NameField } from '../ui/name-field';
import { ME } from './model';

type Shown = Pick<Me, 'name' | 'bio'>;

/** The name and the bio of the user. */
export function ProfileForm({ me }: { readonly me: Me }): JSX.Element {
  const trans = useTrans();
  const [{ name, bio }, setShown] = useState<Shown>(me);
  const { mutate, isPending, error } = useSave();
  const same = name.trim() === me.name && bio.trim() === me.bio;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    mutate({ name: name.trim(), bio: bio.trim() });
  };
  return (
    <form className="wove-Form" onSubmit={submit}>
      <NameField
        label={trans.__('Name')}
        hint={trans.__('Others know you as @%1.', me.handle)}
        value={name}
        onChange={name => setShown({ name, bio })}
      />
      <Field
        label={trans.__('About you')}
        hint={trans.__('Everybody who uses this server can read it on your profile.')}
      >
        {ids => (
          <textarea
            {...ids}
            className="jp-mod-styled"
            rows={4}
            maxLength={2000}
            value={bio}
            onChange={event => setShown({ name, bio: event.target.value })}
          />
        )}
      </Field>
      {error && (
        <p role="alert" className="wove-Form-problem">
          {ProblemError.of(error).message}
        </p>
      )}
      <button className="jp-mod-styled jp-mod-accept" disabled={isPending || same}>
        {trans.__('Save')}
      </button>
    </form>
  );
}

function useSave(): ReturnType<typeof useMutation<Me, Error, Shown>> {
  const { api, queries } = useWove();
  const trans = useTrans();
  return useMutation({
    mutationFn: body => unwrap(api.PATCH('/wove/api/me', { body })),
    onSuccess: me => {
      queries.setQueryData(ME, me);
      void queries.invalidateQueries({ queryKey: ['profile', me.handle] });
      Notification.success(trans.__('Your profile was saved.'), { autoClose: 3000 });
    }
  });
}
