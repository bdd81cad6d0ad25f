/** A way to what a project was deployed as, for those who read about it. */
import { useQuery } from '@tanstack/react-query';
import React from 'react';

import type { DeployedApp } from '../api/models';
import { ActionButton, useTrans, useWove } from '../ui';
import { canVisit } from './addresses';
import { appsOf, publicApps } from './queries';

interface OpenAppProps {
  readonly projectId: string;
}

/** On a card of the gallery: the app that everybody may visit. */
export function OpenPublicApp({ projectId }: OpenAppProps): JSX.Element | null {
  const { api } = useWove();
  const { data } = useQuery({ ...publicApps(api), staleTime: 60_000, retry: false });
  return <Opening app={data?.items.find(each => each.project?.id === projectId && isUp(each))} />;
}

/** On the page of a project: an app of it that the reader may visit. */
export function OpenApp({ projectId }: OpenAppProps): JSX.Element | null {
  const { api } = useWove();
  const { data } = useQuery({ ...appsOf(api, projectId), retry: false });
  return <Opening app={data?.find(each => each.parent_id === null && isUp(each))} />;
}

function isUp(app: DeployedApp): boolean {
  return canVisit(app) && app.state !== 'away';
}

function Opening({ app }: { readonly app: DeployedApp | undefined }): JSX.Element | null {
  const trans = useTrans();
  const { commands } = useWove();
  if (!app) {
    return null;
  }
  return (
    <ActionButton
      label={trans.__('Open app')}
      onClick={() => void commands.execute('wove:visit-app', { appId: app.id })}
    />
  );
}
