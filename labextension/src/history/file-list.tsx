/** Draws the files that differ, each with what became of it. */
import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { ChangedFile } from '../api/models';
import { useTrans } from '../ui';

interface FileListProps {
  readonly files: readonly ChangedFile[];
  readonly chosen: string | undefined;
  readonly onChoose: (path: string) => void;
}

const SIGNS = { added: '+', removed: '−', changed: '•', renamed: '→' };

export function FileList({ files, chosen, onChoose }: FileListProps): JSX.Element {
  const trans = useTrans();
  return (
    <nav className="wove-Compare-files" aria-label={trans.__('Changed files')}>
      <ul>
        {files.map(file => (
          <li key={file.path}>
            <button
              type="button"
              className="wove-ChangedFile"
              aria-current={file.path === chosen || undefined}
              onClick={() => onChoose(file.path)}
            >
              <span className={`wove-ChangedFile-sign wove-mod-${file.status}`} aria-hidden="true">
                {SIGNS[file.status]}
              </span>
              <span className="wove-ChangedFile-path">
                {file.status === 'renamed' ? `${file.old_path} → ${file.path}` : file.path}
              </span>
              <span className="wove-Muted">{statusWord(trans, file)}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function statusWord(trans: TranslationBundle, { status }: ChangedFile): string {
  switch (status) {
    case 'added':
      return trans.__('added');
    case 'removed':
      return trans.__('removed');
    case 'renamed':
      return trans.__('renamed');
    case 'changed':
      return trans.__('changed');
  }
}
