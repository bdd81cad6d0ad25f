/** Asks what a new API key shall be for. */
import { HTMLSelect } from '@jupyterlab/ui-components';
import React from 'react';

import type { CreatedKey } from '../api/models';
import type { IWove } from '../tokens';
import { useTrans } from '../ui';
import type { Draft } from '../ui/form';
import { ask, Field } from '../ui/form';
import { NameField } from '../ui/name-field';
import type { NewKey } from './model';
import { createKey } from './model';
import { describe, USUAL } from './scopes';

const DAYS = [7, 30, 90, 365];

/** Ask, and make the key; null if the user cancels. It can allow what `scopes` allow. */
export function askForKey(wove: IWove, scopes: readonly string[]): Promise<CreatedKey | null> {
  const { trans } = wove;
  return ask<NewKey, CreatedKey>(wove, {
    title: trans.__('New API key'),
    accept: trans.__('Make key'),
    initial: { name: '', days: 90, scopes: USUAL.filter(scope => scopes.includes(scope)) },
    fields: draft => <KeyFields {...draft} scopes={scopes} />,
    send: key => createKey(wove.api, { ...key, name: key.name.trim() })
  });
}

interface KeyFieldsProps extends Draft<NewKey> {
  readonly scopes: readonly string[];
}

function KeyFields({ value, change, scopes }: KeyFieldsProps): JSX.Element {
  const trans = useTrans();
  return (
    <>
      <NameField
        label={trans.__('Name')}
        hint={trans.__('What it is for, such as “backup script”.')}
        value={value.name}
        onChange={name => change({ name })}
      />
      <Scopes {...{ value, change, scopes }} />
      <Field label={trans.__('Valid for')}>
        {ids => (
          <HTMLSelect
            {...ids}
            value={value.days}
            onChange={event => change({ days: Number(event.target.value) })}
          >
            {DAYS.map(days => (
              <option key={days} value={days}>
                {trans._n('%1 day', '%1 days', days)}
              </option>
            ))}
          </HTMLSelect>
        )}
      </Field>
    </>
  );
}

function Scopes({ value, change, scopes }: KeyFieldsProps): JSX.Element {
  const trans = useTrans();
  const chosen = new Set(value.scopes);
  const set = (scope: string, on: boolean): void =>
    change({ scopes: scopes.filter(each => (each === scope ? on : chosen.has(each))) });
  return (
    <fieldset className="wove-Scopes">
      <legend>{trans.__('What it may do')}</legend>
      {scopes.map(scope => (
        <label key={scope}>
          <input
            type="checkbox"
            // A key for nothing is refused, so without any choice each of them is asked for.
            required={chosen.size === 0}
            checked={chosen.has(scope)}
            onChange={event => set(scope, event.target.checked)}
          />
          <span>
            {describe(trans, scope)} <code>{scope}</code>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
