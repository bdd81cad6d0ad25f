/** The field for who may visit an app. */
import React from 'react';

import type { Project } from '../api/models';
import { may } from '../projects/words';
import { useTrans } from '../ui';
import { Field } from '../ui/form';
import type { Access } from './words';
import { ACCESSES, accessWord } from './words';

/** What an editor of a project may choose; its owners choose among all. */
const WITHIN: readonly Access[] = ['private', 'project'];

interface AccessFieldProps {
  readonly project: Project;
  readonly value: Access;
  /** What it is so far; undefined for an app that is to be made. */
  readonly before: Access | undefined;
  readonly onChange: (access: Access) => void;
}

export function AccessField({ project, value, before, onChange }: AccessFieldProps): JSX.Element {
  const trans = useTrans();
  const owns = may(project, 'owner');
  const fixed = !owns && before !== undefined && !WITHIN.includes(before);
  const hint = owns ? {} : { hint: trans.__('Owners of the project can open it to more people.') };
  const choices = ACCESSES.filter(each => owns || WITHIN.includes(each) || each === before);
  return (
    <Field label={trans.__('Who may visit?')} {...hint}>
      {ids => (
        <select
          {...ids}
          className="wove-Select"
          disabled={fixed}
          value={value}
          onChange={event => onChange(event.target.value as Access)}
        >
          {choices.map(each => (
            <option key={each} value={each}>
              {accessWord(trans, each)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
