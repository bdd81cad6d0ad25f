/** Draws the panel *Wove*: the project around the user, and all others. */
import { addIcon, refreshIcon } from '@jupyterlab/ui-components';
import { useQuery } from '@tanstack/react-query';
import React from 'react';
import { useStore } from 'zustand';

import { Busy, ErrorState, Panel, useTrans, useWove } from '../ui';
import { Here } from './here';
import { Bin, Mine } from './lists';
import { Nowhere } from './nowhere';
import { around, refreshAll } from './queries';
import type { Section, Workplace } from './workplace';
import { candidate } from './workplace';

export default function Projects({ place }: { readonly place: Workplace }): JSX.Element {
  const { commands, queries } = useWove();
  const trans = useTrans();
  const path = useStore(place.sight, sight => sight.path);
  const free = useStore(place.sight, candidate);
  const sections = useStore(place.sections, ({ all }) => all);
  const create = (): void => void commands.execute('wove:new-project');
  const refresh = (): void => void refreshAll(queries);
  return (
    <Panel
      title={trans.__('Wove')}
      tools={[
        { icon: addIcon, label: trans.__('New project'), onClick: create },
        { icon: refreshIcon, label: trans.__('Refresh'), onClick: refresh }
      ]}
    >
      {path === null ? (
        <Nowhere candidate="" />
      ) : (
        <Around path={path} candidate={free} sections={sections} />
      )}
      <Mine />
      <Bin />
    </Panel>
  );
}

interface AroundProps {
  readonly path: string;
  readonly candidate: string;
  readonly sections: readonly Section[];
}

function Around({ path, candidate, sections }: AroundProps): JSX.Element {
  const { data, error, refetch } = useQuery(around(useWove().api, path));
  if (error) {
    return <ErrorState problem={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return <Busy />;
  }
  return data ? <Here project={data} sections={sections} /> : <Nowhere candidate={candidate} />;
}
