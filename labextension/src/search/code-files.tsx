/** Draws lines of code that were found, file by file. */
import { fileIcon, notebookIcon } from '@jupyterlab/ui-components';
import React from 'react';

import { useTrans, useWove } from '../ui';
import type { FileHit, Snippet } from './asked';
import { wayToLine } from './code-model';
import { Marked } from './hits';

export function CodeFiles({ files }: { readonly files: readonly FileHit[] }): JSX.Element {
  const trans = useTrans();
  return (
    <>
      <p className="wove-Hidden" role="status">
        {trans._n('%1 file', '%1 files', files.length)}
      </p>
      <ul className="wove-CodeFiles" aria-label={trans.__('Files with such lines')}>
        {files.map(file => (
          <File key={`${file.project.id}/${file.path}`} file={file} />
        ))}
      </ul>
    </>
  );
}

function File({ file }: { readonly file: FileHit }): JSX.Element {
  const trans = useTrans();
  const Icon = file.snippets.some(({ cell }) => cell !== null) ? notebookIcon : fileIcon;
  return (
    <li className="wove-CodeFile">
      <h3 className="wove-CodeFile-path">
        <Icon.react tag="span" className="wove-Hit-icon" aria-hidden="true" />
        <span>{file.path}</span>
      </h3>
      <p className="wove-Hit-place">
        {trans.__('%1 by %2', file.project.title, file.project.owner.name)}
        {' · '}
        {trans._n('%1 line', '%1 lines', file.matches)}
        {file.cut && ` · ${trans.__('only its first megabyte was searched')}`}
      </p>
      {file.snippets.map((snippet, at) => (
        <Lines key={at} file={file} snippet={snippet} />
      ))}
    </li>
  );
}

interface LinesProps {
  readonly file: FileHit;
  readonly snippet: Snippet;
}

function Lines({ file, snippet }: LinesProps): JSX.Element {
  return (
    <div className="wove-Code">
      <Place snippet={snippet} />
      {snippet.lines.map((_line, at) => (
        <Line key={at} {...{ file, snippet, at }} />
      ))}
    </div>
  );
}

/** Which cell it is, and which part of it; nothing for a file. */
function Place({ snippet: { cell, section } }: { readonly snippet: Snippet }): JSX.Element | null {
  const trans = useTrans();
  if (cell === null) {
    return null;
  }
  const words =
    section === 'output' ? trans.__('output of cell %1', cell + 1) : trans.__('cell %1', cell + 1);
  return <div className="wove-Code-place">{words}</div>;
}

/** One line: a button where it matches, quiet where it stands beside. */
function Line({ file, snippet, at }: LinesProps & { readonly at: number }): JSX.Element {
  const { commands } = useWove();
  const fragments = snippet.lines[at] ?? [];
  const inside = (
    <>
      <span className="wove-Code-number">{snippet.line + at}</span>
      <span className="wove-Code-text">
        <Marked fragments={fragments} />
      </span>
    </>
  );
  if (!fragments.some(({ hit }) => hit)) {
    return <div className="wove-Code-line">{inside}</div>;
  }
  const open = (): void => void commands.execute('wove:open-hit', wayToLine(file, snippet, at));
  return (
    <button type="button" className="wove-Code-line" onClick={open}>
      {inside}
    </button>
  );
}
