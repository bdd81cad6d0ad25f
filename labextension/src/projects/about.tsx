/** Draws the README of a project that one works on; a click on a file in it opens the file. */
import { PathExt } from '@jupyterlab/coreutils';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import React, { useCallback } from 'react';

import type { Project } from '../api/models';
import { Readme } from '../published/readme';
import { useTrans, useWove } from '../ui';

interface AboutProps {
  readonly project: Project;
  readonly rendermime: IRenderMimeRegistry;
  readonly baseUrl: string;
}

export function About({ project: { id, folder }, ...lab }: AboutProps): JSX.Element {
  const { commands } = useWove();
  const trans = useTrans();
  const none = trans.__('It has no README. Add a file README.md that says what it is about.');
  const open = useCallback(
    (path: string) =>
      void commands.execute('filebrowser:open-path', {
        path: PathExt.join('/', folder ?? '', path),
        dontShowBrowser: true
      }),
    [commands, folder]
  );
  return <Readme projectId={id} open={folder === null ? null : open} none={none} {...lab} />;
}
