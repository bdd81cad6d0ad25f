/** Draws the timeline of a document: its moments at the left, what it said then at the right. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import React, { useState } from 'react';

import { around } from '../projects/queries';
import { may } from '../projects/words';
import { ActionButton, Busy, EmptyState, ErrorState, useTrans, useWove } from '../ui';
import { moments as askMoments } from './asking';
import { nameMoment } from './bringing-back';
import { timelineIcon } from '../ui/icons';
import { Filter } from './filter';
import type { Wanted } from './filtering';
import { ALL, suits } from './filtering';
import { MomentList } from './moment-list';
import { MomentView } from './moment-view';

const EVERY = 15_000; // milliseconds, for the past goes on while it is looked at

export interface TimelineProps {
  readonly path: string;
}

export default function Timeline({ path }: TimelineProps): JSX.Element {
  const trans = useTrans();
  const wove = useWove();
  const [wanted, setWanted] = useState<Wanted>(ALL);
  const [chosen, choose] = useState<string | null>(null);
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery({
    ...askMoments(wove.api, path, wanted.automatic),
    refetchInterval: EVERY
  });
  const editable = useEditable(path);
  const all = data?.pages.flatMap(({ items }) => items) ?? [];
  const shown = all.filter(moment => suits(moment, wanted));
  const current = shown.find(({ id }) => id === chosen) ?? shown[0];
  return (
    <section className="wove-Timeline" aria-label={trans.__('History of %1', path)}>
      <header className="wove-Compare-head">
        <h2 className="wove-Page-title">{trans.__('History of %1', path)}</h2>
        <Filter wanted={wanted} moments={all} onChange={setWanted} />
        {editable && all.length > 0 && (
          <ActionButton
            label={trans.__('Name the document as it is now…')}
            onClick={() => void nameMoment(wove, path)}
          />
        )}
      </header>
      {error && <ErrorState problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Busy label={trans.__('Reading the history…')} />}
      {data && all.length === 0 && <Nothing />}
      {all.length > 0 && (
        <div className="wove-Timeline-body">
          <MomentList moments={shown} chosen={current?.id} onChoose={choose}>
            {hasNextPage && (
              <ActionButton label={trans.__('Show older')} onClick={() => void fetchNextPage()} />
            )}
          </MomentList>
          {current && (
            <MomentView
              key={current.id}
              path={path}
              moment={current}
              before={all[all.indexOf(current) + 1]}
              editable={editable}
            />
          )}
        </div>
      )}
    </section>
  );
}

/** Whether the user may bring something back: where there is no project, everybody may. */
function useEditable(path: string): boolean {
  const { data: project } = useQuery(around(useWove().api, path));
  return project === null || (project !== undefined && may(project, 'editor'));
}

function Nothing(): JSX.Element {
  const trans = useTrans();
  return (
    <EmptyState
      icon={timelineIcon}
      title={trans.__('Nothing has been done here yet')}
      hint={trans.__('Open the document and type: who did what when is kept from then on.')}
    />
  );
}
