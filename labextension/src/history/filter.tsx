/** Draws what there is to choose from a timeline. */
import React from 'react';

import type { Moment } from '../api/models';
import { useTrans } from '../ui';
import type { Wanted } from './filtering';
import { peopleIn } from './filtering';

interface FilterProps {
  readonly wanted: Wanted;
  readonly moments: readonly Moment[];
  readonly onChange: (wanted: Wanted) => void;
}

export function Filter({ wanted, moments, onChange }: FilterProps): JSX.Element {
  const trans = useTrans();
  return (
    <>
      <label className="wove-Choice">
        {trans.__('Show')}
        <select
          className="wove-Select"
          value={wanted.kind ?? ''}
          onChange={({ target: { value } }) =>
            onChange({ ...wanted, kind: (value as Moment['kind']) || null })
          }
        >
          <option value="">{trans.__('everything')}</option>
          <option value="edits">{trans.__('edits')}</option>
          <option value="checkpoint">{trans.__('named moments')}</option>
          <option value="version">{trans.__('versions')}</option>
        </select>
      </label>
      <label className="wove-Choice">
        {trans.__('by')}
        <select
          className="wove-Select"
          value={wanted.person ?? ''}
          onChange={({ target: { value } }) => onChange({ ...wanted, person: value || null })}
        >
          <option value="">{trans.__('everybody')}</option>
          {peopleIn(moments).map(({ handle, name }) => (
            <option key={handle} value={handle}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="wove-Choice">
        <input
          type="checkbox"
          checked={wanted.automatic}
          onChange={event => onChange({ ...wanted, automatic: event.target.checked })}
        />
        {trans.__('Automatic versions too')}
      </label>
    </>
  );
}
