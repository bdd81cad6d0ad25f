/** Draws the page of an app in the main area. */
import { useQuery } from '@tanstack/react-query';
import React, { useEffect, useState } from 'react';

import type { DeployedApp, Deployment } from '../api/models';
import { Busy, EmptyState, ErrorState, useTrans, useWove } from '../ui';
import { deployIcon } from '../ui/icons';
import { DeploymentView } from './deployment';
import { Earlier } from './earlier';
import { Domains } from './domains';
import { Head } from './head';
import { Output } from './output';
import { Part } from './part';
import { Previews } from './previews';
import { app as ask, pause } from './queries';
import { Releases } from './releases';
import { Variables } from './variables';
import { Visits } from './visits';
import type { Ways } from './ways';

export interface AppPageProps {
  readonly appId: string;
  readonly ways: Ways;
  readonly onTitle: (title: string) => void;
}

export default function AppPage({ appId, ways, onTitle }: AppPageProps): JSX.Element {
  const asked = ask(useWove().api, appId);
  const {
    data: app,
    error,
    refetch
  } = useQuery({
    ...asked,
    refetchInterval: ({ state }) => pause(state.data && [state.data])
  });
  const title = app?.title;
  useEffect(() => {
    if (title) {
      onTitle(title);
    }
  }, [title, onTitle]);
  if (error && !app) {
    return <ErrorState problem={error} onRetry={() => void refetch()} />;
  }
  if (!app) {
    return <Busy />;
  }
  return (
    <article className="wove-Page wove-App" aria-label={app.title}>
      <Head app={app} ways={ways} />
      <Work app={app} ways={ways} />
    </article>
  );
}

interface PartProps {
  readonly app: DeployedApp;
  readonly ways: Ways;
}

/** What was done to bring it where it is; for those who work on its project. */
function Work({ app, ways }: PartProps): JSX.Element | null {
  const trans = useTrans();
  const { commands } = useWove();
  const [chosen, choose] = useState<Deployment | null>(null);
  const shown = chosen ?? app.deployment;
  // A new deployment is looked at, whichever was chosen before.
  useEffect(() => choose(null), [app.deployment?.id]);
  if (!shown) {
    const action = {
      label: trans.__('Deploy…'),
      onClick: () => void commands.execute('wove:deploy-again', { appId: app.id })
    };
    return app.may_deploy ? (
      <EmptyState
        icon={deployIcon}
        title={trans.__('It was never deployed')}
        hint={trans.__('Deploy it, and its log, its address and its visits are shown here.')}
        action={action}
      />
    ) : null;
  }
  return (
    <>
      <DeploymentView key={shown.id} app={app} first={shown} ways={ways} />
      <div className="wove-Page-columns">
        <div className="wove-Page-main">
          <Releases app={app} />
          <Earlier app={app} shown={shown} onChoose={choose} />
        </div>
        <div className="wove-Page-main">
          <Visits app={app} ways={ways} />
        </div>
      </div>
      <More app={app} ways={ways} />
    </>
  );
}

/** What is looked at now and then. */
function More({ app, ways }: PartProps): JSX.Element {
  const trans = useTrans();
  const isPreview = app.parent_id !== null;
  return (
    <div>
      {app.may_deploy && app.release !== null && (
        <Part title={trans.__('Output of the app')}>
          <Output app={app} />
        </Part>
      )}
      {!isPreview && (
        <Part title={trans.__('Previews of branches')}>
          <Previews app={app} ways={ways} />
        </Part>
      )}
      {app.may_manage && !isPreview && (
        <Part title={trans.__('Own domains')}>
          <Domains app={app} />
        </Part>
      )}
      {app.may_deploy && (
        <Part title={trans.__('Variables')}>
          <Variables app={app} />
        </Part>
      )}
    </div>
  );
}
