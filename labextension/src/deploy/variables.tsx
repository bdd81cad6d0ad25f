/** Draws the variables that an app starts with: their names, never what they hold. */
import { closeIcon } from '@jupyterlab/ui-components';
import { useQuery } from '@tanstack/react-query';
import React from 'react';

import { unwrap } from '../api/client';
import type { AppVariable, DeployedApp } from '../api/models';
import type { IWove } from '../tokens';
import {
  ActionButton,
  Busy,
  ErrorState,
  RelativeTime,
  ToolButton,
  confirm,
  useTrans,
  useWove
} from '../ui';
import type { Draft } from '../ui/form';
import { Field, ask } from '../ui/form';
import { acting } from './acting';
import { refreshApps, variables } from './queries';

export function Variables({ app }: { readonly app: DeployedApp }): JSX.Element {
  const wove = useWove();
  const trans = useTrans();
  const { data, error, refetch } = useQuery(variables(wove.api, app.id));
  return (
    <>
      <p className="wove-Muted">
        {trans.__(
          'Keys and passwords that the app needs. They are sealed, stand in no image and no log, and hold from its next start on. Nobody can read them again.'
        )}
      </p>
      {error && <ErrorState problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Busy />}
      {data && data.length > 0 && (
        <ul className="wove-Rows">
          {data.map(variable => (
            <Row key={variable.name} app={app} variable={variable} />
          ))}
        </ul>
      )}
      <div className="wove-Actions">
        <ActionButton
          label={trans.__('Add a variable…')}
          onClick={() => void set(wove, app, '')}
        />
      </div>
    </>
  );
}

interface RowProps {
  readonly app: DeployedApp;
  readonly variable: AppVariable;
}

function Row({ app, variable: { name, at } }: RowProps): JSX.Element {
  const wove = useWove();
  const trans = useTrans();
  return (
    <li className="wove-Row">
      <span className="wove-Row-main">
        <code className="wove-Row-name">{name}</code>
        <span className="wove-Quiet">
          {trans.__('set')} <RelativeTime iso={at} />
        </span>
      </span>
      <ActionButton
        label={trans.__('Replace %1…', name)}
        onClick={() => void set(wove, app, name)}
      />
      <ToolButton
        icon={closeIcon}
        label={trans.__('Remove %1', name)}
        onClick={() => void remove(wove, app, name)}
      />
    </li>
  );
}

interface Named {
  readonly name: string;
  readonly value: string;
}

/** Ask for a value, and for a name where there is none yet. */
async function set(wove: IWove, { id }: DeployedApp, name: string): Promise<void> {
  const { api, trans } = wove;
  await ask<Named, unknown>(wove, {
    title: name ? trans.__('Replace %1', name) : trans.__('Add a variable'),
    accept: name ? trans.__('Replace') : trans.__('Add'),
    initial: { name, value: '' },
    fields: draft => <VariableFields {...draft} fixed={name !== ''} />,
    send: ({ name: chosen, value }) => {
      const params = { path: { app_id: id, name: chosen } };
      const body = { value };
      return unwrap(api.PUT('/wove/api/apps/{app_id}/variables/{name}', { params, body }));
    }
  });
  await refreshApps(wove.queries);
}

async function remove(wove: IWove, { id, title }: DeployedApp, name: string): Promise<void> {
  const { api, trans } = wove;
  const agreed = await confirm(trans, {
    title: trans.__('Remove %1?', name),
    body: trans.__(
      '%1 starts without it from now on. What it holds cannot be brought back.',
      title
    ),
    accept: trans.__('Remove'),
    danger: true
  });
  if (agreed) {
    const params = { path: { app_id: id, name } };
    await acting(wove, trans.__('The variable stays.'), () =>
      api.DELETE('/wove/api/apps/{app_id}/variables/{name}', { params })
    );
  }
}

/** What the server takes as a name. */
const NAME = '[A-Za-z_][A-Za-z0-9_]*';

function VariableFields({
  value,
  change,
  fixed
}: Draft<Named> & { readonly fixed: boolean }): JSX.Element {
  const trans = useTrans();
  return (
    <>
      {!fixed && (
        <Field
          label={trans.__('Name')}
          hint={trans.__('Letters, digits and underscores, such as WEATHER_KEY.')}
        >
          {ids => (
            <input
              {...ids}
              className="jp-mod-styled wove-Wish-code"
              required
              pattern={NAME}
              maxLength={100}
              autoComplete="off"
              value={value.name}
              onChange={event => change({ name: event.target.value })}
            />
          )}
        </Field>
      )}
      <Field label={trans.__('Value')}>
        {ids => (
          <input
            {...ids}
            className="jp-mod-styled"
            type="password"
            required
            maxLength={32_768}
            autoComplete="new-password"
            value={value.value}
            onChange={event => change({ value: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
