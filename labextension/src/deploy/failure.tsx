/** Says why a deployment failed, what to do, and leads to the cell that failed. */
import { useQuery } from '@tanstack/react-query';
import React from 'react';

import { unwrap } from '../api/client';
import type { DeployedApp, Deployment } from '../api/models';
import { ActionButton, notifyProblem, useTrans, useWove } from '../ui';
import type { Ways } from './ways';
import { plain } from './words';

interface FailureProps {
  readonly app: DeployedApp;
  readonly deployment: Deployment;
  readonly ways: Ways;
}

export function Failure({ app, deployment, ways }: FailureProps): JSX.Element {
  const trans = useTrans();
  const { reason, hint, refused, traceback, path } = deployment;
  return (
    <section className="wove-Failure" role="alert" aria-label={trans.__('Why it failed')}>
      <h3 className="wove-Failure-reason">{reason || trans.__('It failed without a reason.')}</h3>
      {path && <Place {...deployment} />}
      {hint && <p>{hint}</p>}
      {refused.length > 0 && <Refused hosts={refused} />}
      {traceback && (
        <details className="wove-Details" open>
          <summary>{trans.__('Traceback')}</summary>
          <pre className="wove-Failure-traceback" tabIndex={0} aria-label={trans.__('Traceback')}>
            {plain(traceback)}
          </pre>
        </details>
      )}
      <Mending app={app} deployment={deployment} ways={ways} />
      {app.release !== null && (
        <p className="wove-Muted">
          {trans.__('Visitors still see release %1: nothing changed for them.', app.release)}
        </p>
      )}
    </section>
  );
}

function Place({ path, cell }: Pick<Deployment, 'path' | 'cell'>): JSX.Element {
  const trans = useTrans();
  return (
    <p>
      <code>{path}</code>
      {cell !== null && ` · ${trans.__('code cell %1', cell)}`}
    </p>
  );
}

/** Hosts that were asked for in vain. */
function Refused({ hosts }: { readonly hosts: readonly string[] }): JSX.Element {
  const trans = useTrans();
  return (
    <div>
      <p>
        {trans.__(
          'It asked for hosts that it may not reach. Deploy again with those that it needs:'
        )}
      </p>
      <ul className="wove-Failure-hosts">
        {hosts.map(host => (
          <li key={host}>
            <code>{host}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Mending({ app, deployment, ways }: FailureProps): JSX.Element {
  const trans = useTrans();
  const { commands } = useWove();
  const { path, cell } = deployment;
  const show = (): void => {
    void ways
      .showCell(app, path, cell)
      .catch(error => notifyProblem(trans, trans.__('The cell cannot be shown.'), error));
  };
  const again = (): void => void commands.execute('wove:deploy-again', { appId: app.id });
  return (
    <div className="wove-Actions">
      {path && (
        <ActionButton
          primary
          label={cell === null ? trans.__('Show the file') : trans.__('Show the cell')}
          onClick={show}
        />
      )}
      {app.may_deploy && <ActionButton label={trans.__('Deploy again…')} onClick={again} />}
      <AskAI app={app} deployment={deployment} ways={ways} />
    </div>
  );
}

/** Asks Wove in the chat; where no model is set up, says what to do for that. */
function AskAI({ app, deployment, ways }: FailureProps): JSX.Element | null {
  const trans = useTrans();
  const { api } = useWove();
  const { data: setup } = useQuery({
    queryKey: ['ai-setup'],
    queryFn: ({ signal }) => unwrap(api.GET('/wove/api/ai/setup', { signal })),
    retry: false
  });
  if (!ways.hasChats || !setup) {
    return null;
  }
  if (setup.models.length === 0) {
    return (
      <span className="wove-Muted wove-Failure-ai">
        {trans.__('To have AI mend it, set up a model: “jupyter wove ai detect” says how.')}
      </span>
    );
  }
  const ask = (): void => {
    void ways
      .askToMend(app, deployment)
      .catch(error => notifyProblem(trans, trans.__('Wove could not be asked.'), error));
  };
  return <ActionButton label={trans.__('Ask AI to fix')} onClick={ask} />;
}
