/** Draws what a running app writes. */
import { useQuery } from '@tanstack/react-query';
import React, { useMemo } from 'react';

import type { DeployedApp } from '../api/models';
import { Busy, ErrorState, useTrans, useWove } from '../ui';
import { Log } from './log';
import { output } from './queries';

/** Milliseconds between two looks. */
const AGAIN = 3000;

export function Output({ app }: { readonly app: DeployedApp }): JSX.Element {
  const trans = useTrans();
  const asked = output(useWove().api, app.id);
  const { data, error, refetch } = useQuery({ ...asked, refetchInterval: AGAIN });
  const lines = useMemo(() => data?.map(line => ({ ...line, stream: 'stdout' })) ?? [], [data]);
  if (error && !data) {
    return <ErrorState problem={error} onRetry={() => void refetch()} />;
  }
  return data ? (
    <Log
      label={trans.__('Output of %1', app.title)}
      lines={lines}
      none={trans.__('It has written nothing since it started. Pages without a program never do.')}
    />
  ) : (
    <Busy />
  );
}
