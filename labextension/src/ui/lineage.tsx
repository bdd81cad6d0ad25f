/** The family of a project: what it was remixed from, and what was remixed from it. */
import { useQuery } from '@tanstack/react-query';
import React from 'react';

import { unwrap } from '../api/client';
import type { Lineage, LineageNode, ProjectRef } from '../api/models';
import { useTrans, useWove } from './context';
import { Avatar } from './person';
import { Busy, ErrorState } from './states';
import { RelativeTime } from './time';

/** Where the cache keeps the family of a project. */
export function lineageKey(projectId: string): readonly string[] {
  return ['lineage', projectId];
}

/** The family of a project, asked for; a click opens the project that was clicked. */
export function ProjectLineage({ projectId }: { readonly projectId: string }): JSX.Element {
  const { api, commands } = useWove();
  const trans = useTrans();
  const { data, error, refetch } = useQuery({
    queryKey: lineageKey(projectId),
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/wove/api/projects/{project_id}/lineage', {
          params: { path: { project_id: projectId } },
          signal
        })
      )
  });
  if (error) {
    return <ErrorState problem={error} onRetry={() => void refetch()} />;
  }
  if (!data) {
    return <Busy label={trans.__('Looking for its family…')} />;
  }
  const open = ({ id }: ProjectRef): void =>
    void commands.execute('wove:open-shared-project', { projectId: id });
  return <LineageTree lineage={data} onOpen={open} />;
}

interface TreeProps {
  readonly lineage: Lineage;
  readonly onOpen: (project: ProjectRef) => void;
}

/** A family as a tree, the oldest ancestor on top. */
export function LineageTree({ lineage, onOpen }: TreeProps): JSX.Element {
  const trans = useTrans();
  const { root, shortened } = lineage;
  if (root.here && root.remixes.length === 0) {
    return <p className="wove-Lineage-note">{trans.__('Nobody has remixed it yet.')}</p>;
  }
  return (
    <>
      <ul className="wove-Lineage" aria-label={trans.__('Lineage')}>
        <Branch node={root} onOpen={onOpen} />
      </ul>
      {shortened && (
        <p className="wove-Lineage-note">
          {trans.__('The family is larger than what is shown here.')}
        </p>
      )}
    </>
  );
}

interface BranchProps {
  readonly node: LineageNode;
  readonly onOpen: (project: ProjectRef) => void;
}

function Branch({ node, onOpen }: BranchProps): JSX.Element {
  return (
    <li className="wove-Lineage-branch">
      <div className="wove-Lineage-node" aria-current={node.here || undefined}>
        {node.project ? <Member {...node} project={node.project} onOpen={onOpen} /> : <Gone />}
      </div>
      {node.remixes.length > 0 && (
        <ul className="wove-Lineage">
          {node.remixes.map((remix, at) => (
            <Branch key={remix.project?.id ?? at} node={remix} onOpen={onOpen} />
          ))}
        </ul>
      )}
    </li>
  );
}

interface MemberProps {
  readonly project: ProjectRef;
  readonly at: string | null;
  readonly here: boolean;
  readonly onOpen: (project: ProjectRef) => void;
}

function Member({ project, at, here, onOpen }: MemberProps): JSX.Element {
  const trans = useTrans();
  return (
    <>
      <Avatar name={project.owner.name} />
      {here ? (
        <strong>{project.title}</strong>
      ) : (
        <button type="button" className="wove-Link" onClick={() => onOpen(project)}>
          {project.title}
        </button>
      )}
      <span className="wove-Lineage-by">{trans.__('by %1', project.owner.name)}</span>
      {at && <RelativeTime iso={at} />}
      {here && <span className="wove-Tag">{trans.__('This project')}</span>}
    </>
  );
}

/** A project that is deleted or not shared leaves its place in the tree. */
function Gone(): JSX.Element {
  const trans = useTrans();
  return <em className="wove-Lineage-note">{trans.__('A project that is gone or not shared')}</em>;
}
