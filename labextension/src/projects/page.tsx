/** Draws the page of a project that one works on. */
import { useQuery } from '@tanstack/react-query';
import React, { useEffect, useState } from 'react';

import type { Project } from '../api/models';
import { Runs } from '../deploy/checks';
import { Versions } from '../history/versions';
import {
  ActionButton,
  Avatar,
  Busy,
  ErrorState,
  ProjectLineage,
  Tag,
  VisibilityBadge,
  useTrans,
  useWove
} from '../ui';
import { useLevels } from '../gallery/card';
import { Memories } from '../memories/section';
import { TutorSection } from '../tutoring/section';
import { Details } from './details';
import { Files } from './files';
import { Facts } from './facts';
import { Elsewhere, Publish, Verb } from './here';
import type { PageProps } from './pages';
import { project as ask } from './queries';
import { About } from './about';
import { may } from './words';

export default function Page({ id, onTitle, ...rendering }: PageProps): JSX.Element {
  const trans = useTrans();
  const { data: project, error, refetch } = useQuery(ask(useWove().api, id));
  const title = project?.title;
  useEffect(() => {
    if (title) {
      onTitle(title);
    }
  }, [title, onTitle]);
  if (error) {
    return <ErrorState problem={error} onRetry={() => void refetch()} />;
  }
  if (!project) {
    return <Busy />;
  }
  return (
    <article className="wove-Page" aria-label={project.title}>
      <Head project={project} />
      <div className="wove-Page-columns">
        <div className="wove-Page-main">
          <About project={project} {...rendering} />
          <Versions project={project} />
        </div>
        <div className="wove-Page-side">
          <Facts project={project} />
          <Runs project={project} />
          <TutorSection project={project} />
          {project.role !== null && (
            <Memories project={project.id} mayChange={may(project, 'editor')} />
          )}
          <Files project={project} />
          <section>
            <h3 className="wove-Heading">{trans.__('Lineage')}</h3>
            <ProjectLineage projectId={id} />
          </section>
        </div>
      </div>
    </article>
  );
}

interface ProjectProps {
  readonly project: Project;
}

function Head({ project }: ProjectProps): JSX.Element {
  const [editing, setEditing] = useState(false);
  const trans = useTrans();
  return (
    <header className="wove-Page-head">
      <div className="wove-Here-title">
        <h2 className="wove-Page-title">{project.title}</h2>
        <VisibilityBadge visibility={project.visibility} />
      </div>
      <Credit project={project} />
      {project.deleted && <p role="alert">{trans.__('It lies in the bin.')}</p>}
      {project.folder === null && <Elsewhere />}
      {editing ? (
        <Details project={project} onClose={() => setEditing(false)} />
      ) : (
        <Said project={project} onEdit={() => setEditing(true)} />
      )}
    </header>
  );
}

/** Whose it is, and what it was made from. */
function Credit({ project: { owner, origin } }: ProjectProps): JSX.Element {
  const { commands } = useWove();
  const trans = useTrans();
  const source = origin?.project;
  const open = (projectId: string): void =>
    void commands.execute('wove:open-shared-project', { projectId });
  return (
    <div className="wove-Credit">
      <Avatar name={owner.name} />
      {owner.name}
      {source && (
        <span>
          {trans.__('Remix of')}{' '}
          <button type="button" className="wove-Link" onClick={() => open(source.id)}>
            {source.title}
          </button>{' '}
          {trans.__('by %1', source.owner.name)}
        </span>
      )}
      {origin && !source && (
        <span>{trans.__('Remix of a project that is gone or not shared')}</span>
      )}
    </div>
  );
}

function Said({ project, onEdit }: ProjectProps & { readonly onEdit: () => void }): JSX.Element {
  const trans = useTrans();
  const level = useLevels()[project.level ?? ''];
  return (
    <>
      <p className="wove-Page-description">
        {project.description || (
          <span className="wove-Muted">{trans.__('It has no description yet.')}</span>
        )}
      </p>
      <div className="wove-Labels">
        {project.tags.map(tag => (
          <Tag key={tag}>#{tag}</Tag>
        ))}
        {level && <Tag>{level}</Tag>}
        {project.licence && <Tag>{project.licence}</Tag>}
      </div>
      <div className="wove-Actions">
        {may(project, 'editor') && (
          <>
            <Verb
              project={project}
              command="wove:save-version"
              label={trans.__('Save version…')}
              primary
            />
            <ActionButton label={trans.__('Edit details')} onClick={onEdit} />
          </>
        )}
        {may(project, 'owner') && <Publish project={project} />}
        <Verb project={project} command="wove:open-page" label={trans.__('Open web page')} />
      </div>
    </>
  );
}
