/** A project, as the gallery shows it. */
import React, { useId } from 'react';

import type { Card } from '../api/models';
import { OpenPublicApp } from '../deploy/open-app';
import { Avatar, RelativeTime, remixIcon, starIcon, Tag, useTrans, useWove } from '../ui';

interface ProjectCardProps {
  readonly card: Card;
  /** Leave out who owns it where that is plain from where it stands. */
  readonly anonymous?: boolean;
}

/** A card: its title opens the project, its owner their profile, its tags their like. */
export function ProjectCard({ card, anonymous = false }: ProjectCardProps): JSX.Element {
  const { commands } = useWove();
  const heading = useId();
  const { project } = card;
  const open = (): void =>
    void commands.execute('wove:open-shared-project', { projectId: project.id });
  return (
    <article className="wove-Card" aria-labelledby={heading}>
      <h3 id={heading} className="wove-Card-title">
        <button type="button" className="wove-Link" onClick={open}>
          {project.title}
        </button>
      </h3>
      {!anonymous && <Owner {...project.owner} />}
      {project.description && <p className="wove-Card-description">{project.description}</p>}
      <Labels card={card} />
      <Facts card={card} />
      <OpenPublicApp projectId={project.id} />
    </article>
  );
}

interface OwnerProps {
  readonly handle: string;
  readonly name: string;
}

/** A person, with a way to their profile. */
export function Owner({ handle, name }: OwnerProps): JSX.Element {
  const { commands } = useWove();
  return (
    <div className="wove-Owner">
      <Avatar name={name} />
      <button
        type="button"
        className="wove-Link"
        onClick={() => void commands.execute('wove:profile', { handle })}
      >
        {name}
      </button>
    </div>
  );
}

/** The tags of a project, and what it is made with. */
export function Labels({ card: { project } }: { readonly card: Card }): JSX.Element | null {
  const { commands } = useWove();
  const level = useLevels()[project.level ?? ''];
  if (!project.tags.length && !project.stack.length && !level) {
    return null;
  }
  return (
    <div className="wove-Labels">
      {project.tags.map(tag => (
        <Tag key={tag} onClick={() => void commands.execute('wove:explore', { tag })}>
          #{tag}
        </Tag>
      ))}
      {project.stack.map(name => (
        <Tag key={name}>{name}</Tag>
      ))}
      {level && <Tag>{level}</Tag>}
    </div>
  );
}

/** The words for levels. */
export function useLevels(): Record<string, string> {
  const trans = useTrans();
  return {
    beginner: trans.__('Beginner'),
    intermediate: trans.__('Intermediate'),
    advanced: trans.__('Advanced')
  };
}

function Facts({ card }: { readonly card: Card }): JSX.Element {
  const trans = useTrans();
  const { stars, remixes, project } = card;
  return (
    <div className="wove-Facts">
      <span title={trans._n('%1 star', '%1 stars', stars)}>
        <starIcon.react tag="span" className="wove-Facts-icon" aria-hidden="true" />
        {stars}
        <span className="wove-Hidden"> {trans._n('star', 'stars', stars)}</span>
      </span>
      <span title={trans._n('%1 remix', '%1 remixes', remixes)}>
        <remixIcon.react tag="span" className="wove-Facts-icon" aria-hidden="true" />
        {remixes}
        <span className="wove-Hidden"> {trans._n('remix', 'remixes', remixes)}</span>
      </span>
      {project.published && <RelativeTime iso={project.published} />}
    </div>
  );
}
