/** Draws the versions of a project, with what can be done with each. */
import { useInfiniteQuery } from '@tanstack/react-query';
import React, { useState } from 'react';

import type { Project, Version } from '../api/models';
import { WORKING, history } from '../projects/queries';
import { may, versionName } from '../projects/words';
import { ActionButton, Busy, ErrorState, RelativeTime, Tag, useTrans, useWove } from '../ui';

interface VersionsProps {
  readonly project: Project;
}

export function Versions({ project }: VersionsProps): JSX.Element {
  const trans = useTrans();
  const [automatic, setAutomatic] = useState(false);
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(
    history(useWove().api, project.id, automatic ? 'all' : 'named')
  );
  const versions = data?.pages.flatMap(({ items }) => items);
  return (
    <section aria-label={trans.__('Versions')}>
      <h3 className="wove-Heading">{trans.__('Versions')}</h3>
      <label className="wove-Choice">
        <input
          type="checkbox"
          checked={automatic}
          onChange={event => setAutomatic(event.target.checked)}
        />
        {trans.__('Show automatic ones too')}
      </label>
      {error && <ErrorState problem={error} onRetry={() => void refetch()} />}
      {!versions && !error && <Busy />}
      <ol className="wove-Versions">
        {versions?.map((version, at) => (
          <Row key={version.id} project={project} version={version} before={versions[at + 1]} />
        ))}
      </ol>
      {hasNextPage && (
        <ActionButton label={trans.__('Show older')} onClick={() => void fetchNextPage()} />
      )}
    </section>
  );
}

interface RowProps extends VersionsProps {
  readonly version: Version;
  readonly before: Version | undefined;
}

function Row({ project, version, before }: RowProps): JSX.Element {
  const trans = useTrans();
  return (
    <li className="wove-Version">
      <div className="wove-Version-said">
        <strong>{versionName(trans, version)}</strong>{' '}
        {version.published && <Tag>{trans.__('Published')}</Tag>}
        {version.automatic && <Tag>{trans.__('Automatic')}</Tag>}
        <p className="wove-Version-message">{version.message}</p>
        <p className="wove-Muted">
          {version.author?.name} <RelativeTime iso={version.at} />
        </p>
      </div>
      <Actions project={project} version={version} before={before} />
    </li>
  );
}

function Actions({ project, version, before }: RowProps): JSX.Element {
  const { commands } = useWove();
  const trans = useTrans();
  const name = versionName(trans, version);
  const compare = (base: string, head: string): void =>
    void commands.execute('wove:compare', { id: project.id, base, head });
  const restore = (): void =>
    void commands.execute('wove:restore', { id: project.id, version: version.id });
  return (
    <div className="wove-Actions" role="group" aria-label={name}>
      {before && (
        <ActionButton
          label={trans.__('What it changed')}
          onClick={() => compare(before.id, version.id)}
        />
      )}
      <ActionButton
        label={trans.__('Compare with now')}
        onClick={() => compare(version.id, WORKING)}
      />
      {may(project, 'editor') && <ActionButton label={trans.__('Restore…')} onClick={restore} />}
    </div>
  );
}
