/** Draws what was built of an app; each that is kept is served again at one press. */
import { useQuery } from '@tanstack/react-query';
import React from 'react';

import type { DeployedApp, DeployedRelease } from '../api/models';
import { bytes } from '../published/files';
import { ActionButton, Busy, ErrorState, RelativeTime, useTrans, useWove } from '../ui';
import { rollBack } from './acting';
import { Dot } from './dot';
import { isMoving, releases } from './queries';
import type { Tone } from './words';

export function Releases({ app }: { readonly app: DeployedApp }): JSX.Element {
  const trans = useTrans();
  const asked = releases(useWove().api, app.id);
  const { data, error, refetch } = useQuery(asked);
  const shown = data?.filter(({ state }) => state === 'live' || state === 'kept');
  return (
    <section>
      <h3 className="wove-Heading">{trans.__('Releases')}</h3>
      {error && <ErrorState problem={error} onRetry={() => void refetch()} />}
      {!shown && !error && <Busy />}
      {shown?.length === 0 && (
        <p className="wove-Muted">
          {trans.__('None yet. Each deployment that succeeds makes one; the last five stay.')}
        </p>
      )}
      <ul className="wove-Rows">
        {shown?.map(release => (
          <Row key={release.id} app={app} release={release} />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly app: DeployedApp;
  readonly release: DeployedRelease;
}

function Row({ app, release }: RowProps): JSX.Element {
  const wove = useWove();
  const trans = useTrans();
  const { number, state, created, size, version } = release;
  const word: [string, Tone] =
    state === 'live' ? [trans.__('Served'), 'good'] : [trans.__('Kept'), 'rest'];
  return (
    <li className="wove-Row">
      <span className="wove-Row-main">
        <strong className="wove-Row-name">{trans.__('Release %1', number)}</strong>{' '}
        <Dot word={word[0]} tone={word[1]} />
        <span className="wove-Quiet wove-Row-facts">
          <RelativeTime iso={created} /> · {bytes(size)} · {trans.__('version')}{' '}
          <code>{version.slice(0, 7)}</code>
        </span>
      </span>
      {state === 'kept' && app.may_deploy && (
        <ActionButton
          label={
            number < (app.release ?? 0)
              ? trans.__('Roll back to %1', number)
              : trans.__('Roll forward to %1', number)
          }
          disabled={isMoving(app)}
          onClick={() => void rollBack(wove, app, release)}
        />
      )}
    </li>
  );
}
