/** Draws one deployment while it goes on, and how it ended. */
import React from 'react';

import type { DeployedApp, Deployment } from '../api/models';
import { ActionButton, ErrorState, RelativeTime, useTrans } from '../ui';
import { Dot } from './dot';
import { Failure } from './failure';
import { Log } from './log';
import { Steps } from './steps';
import type { LogView } from './use-log';
import { useLog } from './use-log';
import type { Ways } from './ways';
import { deploymentWord, hasEnded, lasted } from './words';

interface DeploymentProps {
  readonly app: DeployedApp;
  readonly first: Deployment;
  readonly ways: Ways;
}

export function DeploymentView({ app, first, ways }: DeploymentProps): JSX.Element {
  const trans = useTrans();
  const view = useLog(first);
  const { deployment, lines, steps, problem } = view;
  const { state } = deployment;
  const end = hasEnded(deployment) ? (state as 'live' | 'failed' | 'cancelled') : undefined;
  return (
    <section className="wove-Deployment" aria-label={trans.__('Deployment %1', deployment.number)}>
      <Head view={view} />
      <Steps steps={steps} end={end} />
      {state === 'failed' && <Failure app={app} deployment={deployment} ways={ways} />}
      {problem ? (
        <ErrorState problem={problem} onRetry={view.retry} />
      ) : (
        <Log
          key={deployment.id}
          label={trans.__('Log of deployment %1', deployment.number)}
          lines={lines}
          none={end ? trans.__('It left no log.') : trans.__('Nothing was said yet.')}
        />
      )}
    </section>
  );
}

function Head({ view }: { readonly view: LogView }): JSX.Element {
  const trans = useTrans();
  const { deployment, cancelling, connected } = view;
  const { number, created, ended, by } = deployment;
  const [word, tone] = deploymentWord(trans, deployment);
  return (
    <div className="wove-Deployment-head">
      <h3 className="wove-Deployment-title">{trans.__('Deployment %1', number)}</h3>
      <span role="status">
        <Dot word={cancelling ? trans.__('Stopping…') : word} tone={cancelling ? 'busy' : tone} />
        {!connected && (
          <span className="wove-Muted">
            {' '}
            {trans.__('The connection is lost; the work goes on. Reconnecting…')}
          </span>
        )}
      </span>
      <span className="wove-Quiet wove-Deployment-when">
        <RelativeTime iso={created} />
        {by && ` · ${by.name}`}
        {ended && ` · ${lasted(Date.parse(ended) - Date.parse(created))}`}
      </span>
      {ended === null && (
        <ActionButton label={trans.__('Cancel')} disabled={cancelling} onClick={view.cancel} />
      )}
    </div>
  );
}
