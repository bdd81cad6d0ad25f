/** Draws what an app is, where it is, and what can be done with it. */
import { Clipboard } from '@jupyterlab/apputils';
import { MenuSvg, copyIcon, ellipsesIcon } from '@jupyterlab/ui-components';
import React, { useEffect, useMemo, useState } from 'react';

import type { DeployedApp } from '../api/models';
import { bytes } from '../published/files';
import { ActionButton, RelativeTime, Tag, ToolButton, useTrans, useWove } from '../ui';
import { stop, wake } from './acting';
import { canVisit, visit, wayTo } from './addresses';
import { Dot } from './dot';
import { LOCAL } from './target-words';
import type { Ways } from './ways';
import { accessWord, kindWord, stateWord } from './words';

interface HeadProps {
  readonly app: DeployedApp;
  readonly ways: Ways;
}

export function Head({ app, ways }: HeadProps): JSX.Element {
  const trans = useTrans();
  const { commands } = useWove();
  const { project } = app;
  const open = (id: string): void => void commands.execute('wove:open-project', { id });
  return (
    <header className="wove-Page-head">
      <div className="wove-Here-title">
        <h2 className="wove-Page-title">{app.title}</h2>
        <StateWord app={app} />
        <Tag>{accessWord(trans, app.access)}</Tag>
      </div>
      <Address app={app} baseUrl={ways.baseUrl} />
      {app.problem && <p role="alert">{app.problem}</p>}
      <Facts app={app} />
      {project && (
        <p className="wove-Muted">
          {trans.__('Made from')}{' '}
          <button type="button" className="wove-Link" onClick={() => open(project.id)}>
            {project.title}
          </button>
        </p>
      )}
      <Actions app={app} ways={ways} />
    </header>
  );
}

/** How an app is, as a dot and a word. */
export function StateWord({ app }: { readonly app: DeployedApp }): JSX.Element {
  const [word, tone] = stateWord(useTrans(), app);
  return <Dot word={word} tone={tone} />;
}

interface AddressProps {
  readonly app: DeployedApp;
  readonly baseUrl: string;
}

/** Where an app is visited, to open and to copy. */
export function Address({ app, baseUrl }: AddressProps): JSX.Element | null {
  const trans = useTrans();
  const [copied, setCopied] = useState(false);
  if (app.url === '') {
    return null;
  }
  const copy = (): void => {
    Clipboard.copyToSystem(app.url);
    setCopied(true);
  };
  return (
    <div className="wove-Address">
      <a
        className="wove-Address-link"
        href={wayTo(app, baseUrl)}
        target="_blank"
        rel="noopener noreferrer"
      >
        {app.url}
      </a>
      <ToolButton
        icon={copyIcon}
        label={trans.__('Copy the address of %1', app.title)}
        onClick={copy}
      />
      <span role="status" className="wove-Quiet">
        {copied && trans.__('Copied.')}
      </span>
    </div>
  );
}

function Facts({ app }: { readonly app: DeployedApp }): JSX.Element {
  const trans = useTrans();
  const { kind, target, release, deployed, sessions, memory } = app;
  return (
    <p className="wove-Muted wove-App-facts">
      {kind && <span>{kindWord(trans, kind)}</span>}
      {target !== LOCAL && <span>{trans.__('served at %1', target)}</span>}
      {release !== null && <span>{trans.__('Release %1', release)}</span>}
      {deployed && (
        <span>
          {trans.__('deployed')} <RelativeTime iso={deployed} />
        </span>
      )}
      {sessions > 0 && (
        <span>{trans._n('%1 visitor connected', '%1 visitors connected', sessions)}</span>
      )}
      {memory > 0 && <span>{trans.__('%1 of memory', bytes(memory))}</span>}
    </p>
  );
}

function Actions({ app, ways }: HeadProps): JSX.Element {
  const trans = useTrans();
  const wove = useWove();
  const isLive = app.release !== null;
  const again = (): void => void wove.commands.execute('wove:deploy-again', { appId: app.id });
  return (
    <div className="wove-Actions">
      {canVisit(app) && (
        <ActionButton primary label={trans.__('Open')} onClick={() => visit(app, ways.baseUrl)} />
      )}
      {app.may_deploy && (
        <ActionButton
          primary={!canVisit(app)}
          label={isLive ? trans.__('Deploy again…') : trans.__('Deploy…')}
          onClick={again}
        />
      )}
      {app.may_deploy && isLive && <Running app={app} />}
      {app.may_deploy && <More app={app} />}
    </div>
  );
}

/** Stops an app that can be visited, and wakes one that sleeps or was stopped. */
function Running({ app }: { readonly app: DeployedApp }): JSX.Element {
  const trans = useTrans();
  const wove = useWove();
  const rests = app.state === 'stopped' || app.state === 'asleep' || app.state === 'away';
  return rests ? (
    <ActionButton label={trans.__('Wake')} onClick={() => void wake(wove, app)} />
  ) : (
    <ActionButton label={trans.__('Stop')} onClick={() => void stop(wove, app)} />
  );
}

function More({ app }: { readonly app: DeployedApp }): JSX.Element {
  const trans = useTrans();
  const { commands } = useWove();
  const menu = useMemo(() => new MenuSvg({ commands }), [commands]);
  useEffect(() => () => menu.dispose(), [menu]);
  const open = (): void => {
    const { left, bottom } = (document.activeElement ?? document.body).getBoundingClientRect();
    menu.clearItems();
    for (const command of ['wove:change-app', 'wove:delete-app']) {
      menu.addItem({ command, args: { appId: app.id } });
    }
    menu.open(left, bottom);
  };
  return (
    <ToolButton icon={ellipsesIcon} label={trans.__('More about %1', app.title)} onClick={open} />
  );
}
