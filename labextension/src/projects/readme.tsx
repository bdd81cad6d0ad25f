/** Draws the README of a project, without trusting it. */
import { PathExt } from '@jupyterlab/coreutils';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { useQuery } from '@tanstack/react-query';
import React, { useMemo } from 'react';

import type { Project } from '../api/models';
import { Markdown } from '../published/markdown';
import { readmeOf } from '../published/model';
import { createLinks, createResolver } from '../published/resolver';
import { Busy, ErrorState, useTrans, useWove } from '../ui';
import { files, text } from './queries';

export interface ReadmeProps {
  readonly project: Project;
  readonly rendermime: IRenderMimeRegistry;
  readonly baseUrl: string;
}

export function Readme(props: ReadmeProps): JSX.Element | null {
  const { api } = useWove();
  const trans = useTrans();
  const { id } = props.project;
  const { data: all } = useQuery(files(api, id));
  const path = all && readmeOf(all);
  const { data, error, refetch } = useQuery({
    ...text(api, id, path ?? ''),
    enabled: Boolean(path)
  });
  const own = useRenderer(props);
  if (error) {
    return <ErrorState problem={error} onRetry={() => void refetch()} />;
  }
  if (all && path === undefined) {
    return (
      <p className="wove-Muted">
        {trans.__('It has no README. Add a file README.md that says what it is about.')}
      </p>
    );
  }
  return data === undefined ? <Busy /> : <Markdown rendermime={own} source={data} />;
}

/** A renderer to which addresses are files of the project. */
function useRenderer({ project, rendermime, baseUrl }: ReadmeProps): IRenderMimeRegistry {
  const { commands } = useWove();
  const { id, folder } = project;
  return useMemo(() => {
    const open = (path: string): void =>
      void commands.execute('filebrowser:open-path', {
        path: PathExt.join('/', folder ?? '', path),
        dontShowBrowser: true
      });
    const linkHandler = folder === null ? {} : { linkHandler: createLinks(open) };
    return rendermime.clone({ resolver: createResolver(baseUrl, id), ...linkHandler });
  }, [rendermime, baseUrl, commands, id, folder]);
}
