/** Draws what a project says of itself, without trusting it. */
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { useQuery } from '@tanstack/react-query';
import React, { useMemo } from 'react';

import { files, text } from '../projects/queries';
import { Busy, ErrorState, useWove } from '../ui';
import { Markdown } from './markdown';
import { readmeOf } from './model';
import { createLinks, createResolver } from './resolver';

interface ReadmeProps {
  readonly projectId: string;
  readonly rendermime: IRenderMimeRegistry;
  readonly baseUrl: string;
  /** Opens a file of the project that is clicked; null where none can be opened. */
  readonly open: ((path: string) => void) | null;
  /** What to say where there is no README. */
  readonly none: string;
}

/** The README of a project, or that it has none. */
export function Readme({ projectId, none, ...rendering }: ReadmeProps): JSX.Element {
  const { api } = useWove();
  const { data: all, error: missing } = useQuery(files(api, projectId));
  const path = all && readmeOf(all);
  const { data, error, refetch } = useQuery({
    ...text(api, projectId, path ?? ''),
    enabled: path !== undefined
  });
  const own = useRenderer({ projectId, ...rendering });
  const problem = missing ?? error;
  if (problem) {
    return <ErrorState problem={problem} onRetry={() => void refetch()} />;
  }
  if (all && path === undefined) {
    return <p className="wove-Quiet">{none}</p>;
  }
  return data === undefined ? <Busy /> : <Markdown rendermime={own} source={data} />;
}

type Rendering = Omit<ReadmeProps, 'none'>;

/** A renderer to which addresses are files of the project. */
function useRenderer({ projectId, rendermime, baseUrl, open }: Rendering): IRenderMimeRegistry {
  return useMemo(() => {
    const linkHandler = open === null ? {} : { linkHandler: createLinks(open) };
    return rendermime.clone({ resolver: createResolver(baseUrl, projectId), ...linkHandler });
  }, [projectId, rendermime, baseUrl, open]);
}
