/** Draws the deployments of an app, of which any can be looked at again. */
import { useQuery } from '@tanstack/react-query';
import React from 'react';

import type { DeployedApp, Deployment } from '../api/models';
import { RelativeTime, useTrans, useWove } from '../ui';
import { Dot } from './dot';
import { deployments } from './queries';
import { deploymentWord } from './words';

interface EarlierProps {
  readonly app: DeployedApp;
  readonly shown: Deployment;
  readonly onChoose: (deployment: Deployment) => void;
}

export function Earlier({ app, shown, onChoose }: EarlierProps): JSX.Element | null {
  const trans = useTrans();
  const { data } = useQuery(deployments(useWove().api, app.id));
  if (!data || data.items.length < 2) {
    return null;
  }
  return (
    <section>
      <h3 className="wove-Heading">{trans.__('Deployments')}</h3>
      <ul className="wove-Rows">
        {data.items.map(each => (
          <Row
            key={each.id}
            deployment={each}
            isShown={each.id === shown.id}
            onChoose={() => onChoose(each)}
          />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly deployment: Deployment;
  readonly isShown: boolean;
  readonly onChoose: () => void;
}

function Row({ deployment, isShown, onChoose }: RowProps): JSX.Element {
  const trans = useTrans();
  const [word, tone] = deploymentWord(trans, deployment);
  return (
    <li className="wove-Row">
      <span className="wove-Row-main">
        <button
          type="button"
          className="wove-Link wove-Row-name"
          aria-current={isShown || undefined}
          onClick={onChoose}
        >
          {trans.__('Deployment %1', deployment.number)}
        </button>{' '}
        <Dot word={word} tone={tone} />
        <span className="wove-Quiet wove-Row-facts">
          <RelativeTime iso={deployment.created} />
          {deployment.by && ` · ${deployment.by.name}`}
          {deployment.reason && ` · ${deployment.reason}`}
        </span>
      </span>
    </li>
  );
}
