/** Draws the page of a project that somebody else works on. */
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import React, { useCallback } from 'react';

import type { Card, Project } from '../api/models';
import { RanLast } from '../deploy/checks';
import { OpenApp } from '../deploy/open-app';
import { Labels, Owner } from '../gallery/card';
import {
  ActionButton,
  Busy,
  ErrorState,
  ProjectLineage,
  RelativeTime,
  useTrans,
  useWove
} from '../ui';
import { Files } from './files';
import { useCard } from './model';
import { Readme } from './readme';
import { StarButton } from './star-button';

export interface PublishedProps {
  readonly projectId: string;
  readonly rendermime: IRenderMimeRegistry;
  readonly baseUrl: string;
}

export default function Published({ projectId, ...lab }: PublishedProps): JSX.Element {
  const { data: card, error, refetch } = useCard(projectId);
  if (error) {
    return <ErrorState problem={error} onRetry={() => void refetch()} />;
  }
  if (!card) {
    return <Busy />;
  }
  return (
    <article className="wove-Published" aria-label={card.project.title}>
      <Header card={card} />
      <About project={card.project} {...lab} />
      <Files project={card.project} />
      <Family projectId={projectId} />
    </article>
  );
}

function Header({ card }: { readonly card: Card }): JSX.Element {
  const { project } = card;
  return (
    <header className="wove-Published-header">
      <h2 className="wove-Published-title">{project.title}</h2>
      <Credits card={card} />
      {project.description && <p>{project.description}</p>}
      <Labels card={card} />
      <RanLast projectId={project.id} />
      <Actions card={card} />
    </header>
  );
}

function Credits({ card: { project } }: { readonly card: Card }): JSX.Element {
  const trans = useTrans();
  return (
    <div className="wove-Published-credits">
      <Owner {...project.owner} />
      {project.published && (
        <span>
          {trans.__('published')} <RelativeTime iso={project.published} />
        </span>
      )}
      {project.licence && <span>{trans.__('Licence: %1', project.licence)}</span>}
    </div>
  );
}

function Actions({ card }: { readonly card: Card }): JSX.Element {
  const { commands } = useWove();
  const trans = useTrans();
  const { id, owner, slug, title } = card.project;
  return (
    <div className="wove-Published-actions">
      <ActionButton
        primary
        label={trans.__('Remix…')}
        onClick={() => void commands.execute('wove:remix', { projectId: id })}
      />
      <ActionButton
        label={trans.__('Read')}
        onClick={() =>
          void commands.execute('wove:read-project', { handle: owner.handle, slug, title })
        }
      />
      <OpenApp projectId={id} />
      <StarButton card={card} />
    </div>
  );
}

type AboutProps = Omit<PublishedProps, 'projectId'> & { readonly project: Project };

/** Its README; a click on a file in it opens that file to be read. */
function About({ project, ...lab }: AboutProps): JSX.Element {
  const { commands } = useWove();
  const none = useTrans().__('It has no README. Read its notebooks below.');
  const { id, slug, title } = project;
  const { handle } = project.owner;
  const open = useCallback(
    (path: string) => void commands.execute('wove:read-project', { handle, slug, title, path }),
    [commands, handle, slug, title]
  );
  return <Readme projectId={id} open={open} none={none} {...lab} />;
}

function Family({ projectId }: { readonly projectId: string }): JSX.Element {
  return (
    <section>
      <h3>{useTrans().__('Lineage')}</h3>
      <ProjectLineage projectId={projectId} />
    </section>
  );
}
