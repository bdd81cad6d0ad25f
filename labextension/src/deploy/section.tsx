/** Draws the apps of the project that the user looks at, in the panel *Wove*. */
import { useQuery } from '@tanstack/react-query';
import React from 'react';

import type { DeployedApp, Project } from '../api/models';
import { may } from '../projects/words';
import { ActionButton, ErrorState, RelativeTime, Tag, useTrans, useWove } from '../ui';
import { bringBack } from './acting';
import { Dot } from './dot';
import { Address, StateWord } from './head';
import { SECTION } from './place';
import { appsOf, pause } from './queries';
import type { Ways } from './ways';
import { accessWord, deploymentWord } from './words';

interface SectionProps {
  readonly project: Project;
  readonly ways: Ways;
}

export default function Deployments({ project, ways }: SectionProps): JSX.Element | null {
  const trans = useTrans();
  const { api, commands } = useWove();
  const { data, error, refetch } = useQuery({
    ...appsOf(api, project.id),
    refetchInterval: ({ state }) => pause(state.data)
  });
  const apps = data?.filter(({ parent_id: parent }) => parent === null);
  const mayDeploy = may(project, 'editor');
  if (apps?.length === 0 && !mayDeploy) {
    return null;
  }
  const deploy = (): void => void commands.execute('wove:deploy', { id: project.id });
  return (
    <section id={SECTION} tabIndex={-1} aria-label={trans.__('Deployments')}>
      <h3 className="wove-Heading">{trans.__('Deployments')}</h3>
      {error && <ErrorState problem={error} onRetry={() => void refetch()} />}
      {apps?.length === 0 && (
        <p className="wove-Muted wove-Apps-none">
          {trans.__(
            'Make it a web page or an app that others visit, no JupyterLab needed: press Deploy, look at the plan, and share the address.'
          )}
        </p>
      )}
      <ul className="wove-Apps">
        {apps?.map(app => (
          <AppCard key={app.id} app={app} ways={ways} />
        ))}
      </ul>
      {mayDeploy && apps && (
        <div className="wove-Actions">
          <ActionButton label={trans.__('Deploy…')} onClick={deploy} />
        </div>
      )}
      {may(project, 'owner') && <Bin project={project} />}
    </section>
  );
}

interface AppProps {
  readonly app: DeployedApp;
  readonly ways: Ways;
}

function AppCard({ app, ways }: AppProps): JSX.Element {
  const trans = useTrans();
  const { commands } = useWove();
  const { id: appId, title, access } = app;
  const open = (): void => void commands.execute('wove:show-app', { appId });
  return (
    <li className="wove-AppCard">
      <div className="wove-Here-title">
        <button type="button" className="wove-Link" onClick={open}>
          <strong>{title}</strong>
        </button>
        <StateWord app={app} />
      </div>
      <Address app={app} baseUrl={ways.baseUrl} />
      <div className="wove-Labels">
        <Tag>{accessWord(trans, access)}</Tag>
      </div>
      <Newest app={app} />
    </li>
  );
}

function Newest({ app: { deployment } }: { readonly app: DeployedApp }): JSX.Element | null {
  const trans = useTrans();
  if (!deployment) {
    return null;
  }
  const [word, tone] = deploymentWord(trans, deployment);
  return (
    <div className="wove-AppCard-newest" role="status">
      <Dot word={word} tone={tone} />
      <span className="wove-Quiet">
        <RelativeTime iso={deployment.ended ?? deployment.created} />
      </span>
      {deployment.state === 'failed' && (
        <span className="wove-AppCard-reason" title={deployment.reason}>
          {deployment.reason}
        </span>
      )}
    </div>
  );
}

function Bin({ project }: { readonly project: Project }): JSX.Element | null {
  const trans = useTrans();
  const wove = useWove();
  const { data } = useQuery(appsOf(wove.api, project.id, true));
  const gone = data?.filter(({ parent_id: parent }) => parent === null) ?? [];
  if (gone.length === 0) {
    return null;
  }
  return (
    <details className="wove-Details">
      <summary>{trans._n('%1 app in the bin', '%1 apps in the bin', gone.length)}</summary>
      <ul className="wove-Projects">
        {gone.map(({ id, title }) => (
          <li key={id} className="wove-Project">
            <span className="wove-Project-gone">{title}</span>
            <ActionButton
              label={trans.__('Bring %1 back', title)}
              onClick={() => void bringBack(wove, id, title)}
            />
          </li>
        ))}
      </ul>
    </details>
  );
}
