/** Draws the files of the newest version; a click opens the file itself. */
import { fileIcon, notebookIcon } from '@jupyterlab/ui-components';
import { useQuery } from '@tanstack/react-query';
import React from 'react';

import type { FileEntry, Project } from '../api/models';
import { bytes } from '../published/files';
import { Busy, ErrorState, useTrans, useWove } from '../ui';
import { files } from './queries';

const MOST = 200;

export function Files({ project }: { readonly project: Project }): JSX.Element {
  const trans = useTrans();
  const { data, error, refetch } = useQuery(files(useWove().api, project.id));
  return (
    <section>
      <h3 className="wove-Heading">{trans.__('Files')}</h3>
      {error && <ErrorState problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Busy />}
      <ul className="wove-FileRows">
        {data?.slice(0, MOST).map(file => (
          <File key={file.path} folder={project.folder} file={file} />
        ))}
      </ul>
      {data && data.length > MOST && (
        <p className="wove-Muted">{trans.__('…and %1 more.', data.length - MOST)}</p>
      )}
    </section>
  );
}

interface FileProps {
  readonly folder: string | null;
  readonly file: FileEntry;
}

function File({ folder, file: { path, size, kind } }: FileProps): JSX.Element {
  const { commands } = useWove();
  const icon = kind === 'notebook' ? notebookIcon : fileIcon;
  const open = (): void =>
    void commands.execute('filebrowser:open-path', {
      path: `/${folder}/${path}`,
      dontShowBrowser: true
    });
  return (
    <li className="wove-File">
      <icon.react tag="span" className="wove-File-icon" aria-hidden="true" />
      {folder === null ? (
        <span className="wove-File-path">{path}</span>
      ) : (
        <button type="button" className="wove-Link wove-File-path" onClick={open}>
          {path}
        </button>
      )}
      <span className="wove-Muted">{bytes(size)}</span>
    </li>
  );
}
