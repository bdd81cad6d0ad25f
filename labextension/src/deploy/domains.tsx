/** Draws the host names of an app's own: how each is proven, and whether it is. */
import { Clipboard } from '@jupyterlab/apputils';
import { closeIcon, copyIcon } from '@jupyterlab/ui-components';
import { useQuery } from '@tanstack/react-query';
import React, { useState } from 'react';

import { unwrap } from '../api/client';
import type { AppDomain, DeployedApp } from '../api/models';
import { ActionButton, Busy, ErrorState, ToolButton, useTrans, useWove } from '../ui';
import { acting } from './acting';
import { AddLine } from './add-line';
import { Dot } from './dot';
import { domains } from './queries';

/** What the server takes as a host name. */
const HOST =
  '([a-zA-Z0-9]([a-zA-Z0-9\\-]{0,61}[a-zA-Z0-9])?\\.)+[a-zA-Z][a-zA-Z0-9\\-]{0,61}[a-zA-Z0-9]';

export function Domains({ app }: { readonly app: DeployedApp }): JSX.Element {
  const wove = useWove();
  const trans = useTrans();
  const { data, error, refetch } = useQuery(domains(wove.api, app.id));
  const add = (host: string): Promise<void> => {
    const params = { path: { app_id: app.id } };
    return acting(wove, trans.__('%1 was not added.', host), () =>
      unwrap(wove.api.POST('/wove/api/apps/{app_id}/domains', { params, body: { host } }))
    );
  };
  return (
    <>
      <p className="wove-Muted">
        {trans.__('A host name that is yours can lead to the app, with a certificate of its own.')}
      </p>
      {error && <ErrorState problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Busy />}
      {data && data.length > 0 && (
        <ul className="wove-Rows">
          {data.map(domain => (
            <Row key={domain.host} app={app} domain={domain} />
          ))}
        </ul>
      )}
      <AddLine
        label={trans.__('Host name, such as waves.example.org')}
        pattern={HOST}
        onAdd={add}
      />
    </>
  );
}

interface RowProps {
  readonly app: DeployedApp;
  readonly domain: AppDomain;
}

function Row({ app, domain }: RowProps): JSX.Element {
  const wove = useWove();
  const trans = useTrans();
  const { host, verified } = domain;
  const params = { path: { app_id: app.id, host } };
  const verify = (): Promise<void> =>
    acting(wove, trans.__('%1 is not proven yet.', host), () =>
      unwrap(wove.api.POST('/wove/api/apps/{app_id}/domains/{host}/verify', { params }))
    );
  const remove = (): Promise<void> =>
    acting(wove, trans.__('%1 stays.', host), () =>
      wove.api.DELETE('/wove/api/apps/{app_id}/domains/{host}', { params })
    );
  return (
    <li className="wove-Row">
      <span className="wove-Row-main">
        <code className="wove-Row-name">{host}</code>
        {verified ? (
          <Dot word={trans.__('Proven')} tone="good" />
        ) : (
          <Dot word={trans.__('Not proven yet')} tone="rest" />
        )}
      </span>
      {!verified && (
        <ActionButton label={trans.__('Verify %1', host)} onClick={() => void verify()} />
      )}
      <ToolButton
        icon={closeIcon}
        label={trans.__('Remove %1', host)}
        onClick={() => void remove()}
      />
      {domain.instruction && <Instruction words={domain.instruction} />}
    </li>
  );
}

function Instruction({ words }: { readonly words: string }): JSX.Element {
  const trans = useTrans();
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    Clipboard.copyToSystem(words);
    setCopied(true);
  };
  return (
    <p className="wove-Instruction">
      <span>{words}</span>
      <ToolButton icon={copyIcon} label={trans.__('Copy what to do')} onClick={copy} />
      <span role="status" className="wove-Quiet">
        {copied && trans.__('Copied.')}
      </span>
    </p>
  );
}
