/** Draws the project around the user: who sees it, how far it is saved, what to do with it. */
import React from 'react';

import type { Project } from '../api/models';
import { ActionButton, VisibilityBadge, useTrans, useWove } from '../ui';
import { Members } from './members';
import { useSavedState } from './state';
import { may, savedState } from './words';
import type { Section } from './workplace';

interface ProjectProps {
  readonly project: Project;
}

interface HereProps extends ProjectProps {
  readonly sections: readonly Section[];
}

export function Here({ project, sections }: HereProps): JSX.Element {
  const { commands } = useWove();
  const trans = useTrans();
  const open = (): void => void commands.execute('wove:open-project', { id: project.id });
  return (
    <section className="wove-Here" aria-label={trans.__('This project')}>
      <div className="wove-Here-title">
        <button type="button" className="wove-Link" onClick={open}>
          <strong>{project.title}</strong>
        </button>
        <VisibilityBadge visibility={project.visibility} />
      </div>
      {project.folder === null && <Elsewhere />}
      <Saved project={project} />
      <Actions project={project} />
      {sections.map((Section, at) => (
        <Section key={at} project={project} />
      ))}
      <Members project={project} />
    </section>
  );
}

/** The folder is not below the root of this Jupyter server. */
export function Elsewhere(): JSX.Element {
  const trans = useTrans();
  return (
    <p className="wove-Muted">
      {trans.__('Its folder lies outside of what this Jupyter server shows.')}
    </p>
  );
}

function Saved({ project }: ProjectProps): JSX.Element {
  const { commands } = useWove();
  const trans = useTrans();
  const { last, changed, problem } = useSavedState(project);
  if (problem) {
    return <p role="alert">{problem.message}</p>;
  }
  const compare = (): void => void commands.execute('wove:compare', { id: project.id });
  return (
    <p className="wove-Here-state" role="status">
      {changed ? savedState(trans, last, changed.length) : trans.__('Comparing…')}
      {changed && changed.length > 0 && (
        <button type="button" className="wove-Link" onClick={compare}>
          {trans.__('See what changed')}
        </button>
      )}
    </p>
  );
}

function Actions({ project }: ProjectProps): JSX.Element {
  const trans = useTrans();
  const published = project.published_version !== null;
  const owns = may(project, 'owner');
  return (
    <div className="wove-Actions">
      {may(project, 'editor') && (
        <Verb
          project={project}
          command="wove:save-version"
          label={trans.__('Save version…')}
          primary
        />
      )}
      {owns && <Publish project={project} />}
      {owns && project.visibility === 'public' && (
        <Verb project={project} command="wove:unlist" label={trans.__('Unlist…')} />
      )}
      {owns && published && (
        <Verb project={project} command="wove:unpublish" label={trans.__('Unpublish…')} />
      )}
      <Verb project={project} command="wove:open-project" label={trans.__('Open page')} />
    </div>
  );
}

/** A button that publishes, or publishes what changed since. */
export function Publish({ project }: ProjectProps): JSX.Element {
  const trans = useTrans();
  const label = project.published_version ? trans.__('Publish again…') : trans.__('Publish…');
  return <Verb project={project} command="wove:share" label={label} />;
}

interface VerbProps extends ProjectProps {
  readonly command: string;
  readonly label: string;
  readonly primary?: boolean;
}

/** A button that runs a command about a project. */
export function Verb({ project, command, label, primary = false }: VerbProps): JSX.Element {
  const { commands } = useWove();
  return (
    <ActionButton
      label={label}
      primary={primary}
      onClick={() => void commands.execute(command, { id: project.id })}
    />
  );
}
