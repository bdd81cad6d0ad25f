/** The files of a published project. */
import { fileIcon, notebookIcon } from '@jupyterlab/ui-components';
import { useQuery } from '@tanstack/react-query';
import React from 'react';

import type { FileEntry, Project } from '../api/models';
import { files } from '../projects/queries';
import { Busy, ErrorState, useTrans, useWove } from '../ui';

const MOST = 200;

/** The files of a project; each opens to be read. */
export function Files({ project }: { readonly project: Project }): JSX.Element {
  const trans = useTrans();
  const { data, error, refetch } = useQuery(files(useWove().api, project.id));
  return (
    <section>
      <h3>{trans.__('Files')}</h3>
      {error && <ErrorState problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Busy />}
      <ul className="wove-Files">
        {data?.slice(0, MOST).map(file => (
          <File key={file.path} project={project} file={file} />
        ))}
      </ul>
      {data && data.length > MOST && (
        <p className="wove-Quiet">{trans.__('…and %1 more.', data.length - MOST)}</p>
      )}
    </section>
  );
}

interface FileProps {
  readonly project: Project;
  readonly file: FileEntry;
}

function File({ project, file: { path, size, kind } }: FileProps): JSX.Element {
  const { commands } = useWove();
  const { owner, slug, title } = project;
  const read = { handle: owner.handle, slug, title, path };
  const icon = kind === 'notebook' ? notebookIcon : fileIcon;
  return (
    <li>
      <icon.react tag="span" className="wove-Facts-icon" aria-hidden="true" />
      <button
        type="button"
        className="wove-Link"
        onClick={() => void commands.execute('wove:read-project', read)}
      >
        {path}
      </button>
      <span className="wove-Quiet">{bytes(size)}</span>
    </li>
  );
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Say a size the way people do: "3 kB". */
export function bytes(size: number, language?: string): string {
  const step = Math.min(Math.floor(Math.log10(Math.max(size, 1)) / 3), UNITS.length - 1);
  const format = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: UNITS[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: 1
  });
  return format.format(size / 1000 ** step);
}
