/** What a project says of itself. */
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import React, { useMemo } from 'react';

import type { Project } from '../api/models';
import { Busy, ErrorState, useTrans, useWove } from '../ui';
import { Markdown } from './markdown';
import { readmeOf, useFiles, useText } from './model';
import { createLinks, createResolver } from './resolver';

interface ReadmeProps {
  readonly project: Project;
  readonly rendermime: IRenderMimeRegistry;
  readonly baseUrl: string;
}

/** The README of a project, or that it has none. */
export function Readme(props: ReadmeProps): JSX.Element {
  const { project } = props;
  const trans = useTrans();
  const files = useFiles(project.id);
  const path = files.data && readmeOf(files.data);
  const { data, error, refetch } = useText(project.id, path);
  const own = useRenderer(props);
  if (error) {
    return <ErrorState problem={error} onRetry={() => void refetch()} />;
  }
  if (files.data && path === undefined) {
    return <p className="wove-Quiet">{trans.__('It has no README. Read its notebooks below.')}</p>;
  }
  return data === undefined ? <Busy /> : <Markdown rendermime={own} source={data} />;
}

/** A renderer to which addresses are addresses in the project. */
function useRenderer({ project, rendermime, baseUrl }: ReadmeProps): IRenderMimeRegistry {
  const { id, slug, title } = project;
  const { handle } = project.owner;
  const { commands } = useWove();
  return useMemo(
    () =>
      rendermime.clone({
        resolver: createResolver(baseUrl, id),
        linkHandler: createLinks(
          path => void commands.execute('wove:read-project', { handle, slug, title, path })
        )
      }),
    [rendermime, baseUrl, commands, id, slug, title, handle]
  );
}
