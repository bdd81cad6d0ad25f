/** Draws the profile of a person: who they are, and what they published. */
import React from 'react';

import type { Profile as Shown } from '../api/models';
import { ProjectCard } from '../gallery/card';
import {
  ActionButton,
  Avatar,
  Busy,
  EmptyState,
  ErrorState,
  RelativeTime,
  exploreIcon,
  useTrans
} from '../ui';
import { useProfile, usePublishedBy } from './model';

export interface ProfileProps {
  readonly handle: string;
}

export default function Profile({ handle }: ProfileProps): JSX.Element {
  const { data, error, refetch } = useProfile(handle);
  if (error) {
    return <ErrorState problem={error} onRetry={() => void refetch()} />;
  }
  return data ? (
    <article className="wove-Sheet" aria-label={data.person.name}>
      <Head profile={data} />
      <Works handle={handle} />
    </article>
  ) : (
    <Busy />
  );
}

function Head({ profile }: { readonly profile: Shown }): JSX.Element {
  const trans = useTrans();
  const { person, bio, joined, projects, stars } = profile;
  return (
    <header>
      <h2 className="wove-Owner">
        <Avatar name={person.name} /> {person.name}
      </h2>
      <p className="wove-Quiet">
        @{person.handle} · {trans._n('%1 project', '%1 projects', projects)} ·{' '}
        {trans._n('%1 star', '%1 stars', stars)} · {trans.__('joined')}{' '}
        <RelativeTime iso={joined} />
      </p>
      {bio && <p className="wove-Bio">{bio}</p>}
    </header>
  );
}

function Works({ handle }: ProfileProps): JSX.Element {
  const trans = useTrans();
  const found = usePublishedBy(handle);
  if (found.error) {
    return <ErrorState problem={found.error} onRetry={() => void found.refetch()} />;
  }
  return (
    <section className="wove-Cards" aria-label={trans.__('Published projects')}>
      {found.isPending && <Busy />}
      {found.data?.length === 0 && (
        <EmptyState
          icon={exploreIcon}
          title={trans.__('Nothing published yet')}
          hint={trans.__('What is published stands here for everybody to read and remix.')}
        />
      )}
      {found.data?.map(card => (
        <ProjectCard key={card.project.id} card={card} anonymous />
      ))}
      {found.hasNextPage && (
        <ActionButton
          label={trans.__('More')}
          disabled={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        />
      )}
    </section>
  );
}
