/** Draws what a running app writes. */
import { useQuery } from '@tanstack/react-query';
import React, { useMemo } from 'react';

import type { DeployedApp } from '../api/models';
import { Busy, ErrorState, useTrans, useWove } from '../ui';
import { Log } from './log';
import { output } from './queries';
import { LOCAL } from './target-words';

/** Milliseconds between two looks. */
const AGAIN = 3000;
/** The same for a place that is not here, whose owner counts what is asked. */
const SELDOM = 30_000;

export function Output({ app }: { readonly app: DeployedApp }): JSX.Element {
  const trans = useTrans();
  const isHere = app.target === LOCAL;
  const pause = isHere ? AGAIN : SELDOM;
  const asked = output(useWove().api, app.id);
  const { data, error, refetch } = useQuery({ ...asked, refetchInterval: pause });
  const lines = useMemo(() => data?.map(line => ({ ...line, stream: 'stdout' })) ?? [], [data]);
  if (error && !data) {
    return <ErrorState problem={error} onRetry={() => void refetch()} />;
  }
  return data ? (
    <Log
      label={trans.__('Output of %1', app.title)}
      lines={lines}
      none={
        isHere
          ? trans.__('It has written nothing since it started. Pages without a program never do.')
          : trans.__('The place where it is served has kept nothing of it.')
      }
    />
  ) : (
    <Busy />
  );
}
