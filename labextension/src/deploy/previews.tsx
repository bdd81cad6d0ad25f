/** Draws what branches and versions of the project look like, each beside the app. */
import { deleteIcon } from '@jupyterlab/ui-components';
import { useQuery } from '@tanstack/react-query';
import React from 'react';

import { unwrap } from '../api/client';
import type { DeployedApp } from '../api/models';
import { Busy, ErrorState, ToolButton, useTrans, useWove } from '../ui';
import { acting, remove } from './acting';
import { AddLine } from './add-line';
import { Address, StateWord } from './head';
import { pause, previews } from './queries';
import type { Ways } from './ways';

interface PreviewsProps {
  readonly app: DeployedApp;
  readonly ways: Ways;
}

export function Previews({ app, ways }: PreviewsProps): JSX.Element {
  const wove = useWove();
  const trans = useTrans();
  const { data, error, refetch } = useQuery({
    ...previews(wove.api, app.id),
    refetchInterval: ({ state }) => pause(state.data)
  });
  const add = (branch: string): Promise<void> => {
    const params = { path: { app_id: app.id } };
    return acting(wove, trans.__('%1 is not shown.', branch), () =>
      unwrap(wove.api.POST('/wove/api/apps/{app_id}/previews', { params, body: { branch } }))
    );
  };
  return (
    <>
      <p className="wove-Muted">
        {trans.__(
          'See a branch of the project’s git repository live before it is deployed. Only those who work on the project can visit it.'
        )}
      </p>
      {error && <ErrorState problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Busy />}
      {data && data.length > 0 && (
        <ul className="wove-Rows">
          {data.map(preview => (
            <Row key={preview.id} app={preview} ways={ways} />
          ))}
        </ul>
      )}
      {app.may_deploy && <AddLine label={trans.__('Branch to show')} onAdd={add} />}
    </>
  );
}

function Row({ app, ways }: PreviewsProps): JSX.Element {
  const wove = useWove();
  const trans = useTrans();
  const open = (): void => void wove.commands.execute('wove:show-app', { appId: app.id });
  return (
    <li className="wove-Row">
      <span className="wove-Row-main">
        <button type="button" className="wove-Link wove-Row-name" onClick={open}>
          {app.branch}
        </button>
        <StateWord app={app} />
        <Address app={app} baseUrl={ways.baseUrl} />
      </span>
      {app.may_manage && (
        <ToolButton
          icon={deleteIcon}
          label={trans.__('Delete the preview of %1', app.branch)}
          onClick={() => void remove(wove, app)}
        />
      )}
    </li>
  );
}
