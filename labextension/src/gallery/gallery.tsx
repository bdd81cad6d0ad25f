/** The gallery: cards, and a way to more of them. */
import React from 'react';

import { ActionButton, Busy, EmptyState, ErrorState, exploreIcon, useTrans, useWove } from '../ui';
import { ProjectCard } from './card';
import { FilterBar } from './filter-bar';
import type { Filters } from './filters';
import { ALL } from './filters';
import { useGallery } from './model';

interface GalleryProps {
  readonly filters: Filters;
  readonly change: (change: Partial<Filters>) => void;
}

export function Gallery({ filters, change }: GalleryProps): JSX.Element {
  const trans = useTrans();
  const found = useGallery(filters);
  const tags = [...new Set(found.data?.flatMap(({ project }) => project.tags))].sort();
  return (
    <>
      <FilterBar {...{ filters, change, tags }} />
      {found.error && <ErrorState problem={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Busy />}
      {found.data?.length === 0 && <Empty filters={filters} change={change} />}
      {found.data?.map(card => (
        <ProjectCard key={card.project.id} card={card} />
      ))}
      {found.hasNextPage && (
        <ActionButton
          label={trans.__('More')}
          disabled={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        />
      )}
    </>
  );
}

function Empty({ filters, change }: GalleryProps): JSX.Element {
  const { commands } = useWove();
  const trans = useTrans();
  if (filters.tag || filters.level) {
    return (
      <EmptyState
        icon={exploreIcon}
        title={trans.__('No such project')}
        hint={trans.__('Nothing that was published has this tag and level.')}
        action={{
          label: trans.__('Show all'),
          onClick: () => change({ tag: ALL.tag, level: ALL.level })
        }}
      />
    );
  }
  return (
    <EmptyState
      icon={exploreIcon}
      title={trans.__('Nothing published yet')}
      hint={trans.__('Publish a project of yours, and others find it here.')}
      action={{
        label: trans.__('Show my projects'),
        onClick: () => void commands.execute('wove:show-projects')
      }}
    />
  );
}
