/** Draws what changed in one file: the cells of a notebook, the lines of a text, or neither. */
import { useQuery } from '@tanstack/react-query';
import React from 'react';

import type { ChangedFile, FileDiff, NotebookDiff, TextDiff } from '../api/models';
import { Busy, ErrorState, useTrans, useWove } from '../ui';
import type { CellAction } from './cell';
import { Cell } from './cell';
import { count, fold } from './cells';
import { Lines } from './lines';
import type { Pair } from './queries';
import { diff } from './queries';

interface FileChangesProps {
  readonly pair: Pair;
  readonly file: ChangedFile;
}

export function FileChanges({ pair, file }: FileChangesProps): JSX.Element {
  const trans = useTrans();
  const { data, error, refetch } = useQuery(diff(useWove().api, pair, file));
  if (error) {
    return <ErrorState problem={error} onRetry={() => void refetch()} />;
  }
  return data ? <Shown file={data} /> : <Busy label={trans.__('Comparing…')} />;
}

interface ShownProps {
  readonly file: FileDiff;
  readonly action?: CellAction;
}

export function Shown({ file: { notebook, text }, action }: ShownProps): JSX.Element {
  const trans = useTrans();
  if (notebook) {
    return <Notebook diff={notebook} {...(action && { action })} />;
  }
  return text ? <Text diff={text} /> : <Note>{trans.__('There is nothing to show of it.')}</Note>;
}

interface NotebookProps {
  readonly diff: NotebookDiff;
  readonly action?: CellAction;
}

function Notebook({ diff: notebook, action }: NotebookProps): JSX.Element {
  const trans = useTrans();
  const { added, removed, changed, moved } = count(notebook);
  return (
    <div className="wove-Cells">
      <p className="wove-Muted">
        {[
          trans._n('%1 cell changed', '%1 cells changed', changed),
          trans._n('%1 added', '%1 added', added),
          trans._n('%1 removed', '%1 removed', removed),
          trans._n('%1 moved', '%1 moved', moved)
        ].join(' · ')}
        {notebook.metadata_changed && ` · ${trans.__('the notebook’s metadata changed')}`}
      </p>
      {fold(notebook.cells).map((shown, at) =>
        'cell' in shown ? (
          <Cell key={at} cell={shown.cell} {...(action && { action })} />
        ) : (
          <p key={at} className="wove-Same">
            {trans._n('%1 cell stays', '%1 cells stay', shown.same)}
          </p>
        )
      )}
    </div>
  );
}

function Text({ diff: text }: { readonly diff: TextDiff }): JSX.Element {
  const trans = useTrans();
  return (
    <div className="wove-Cells">
      {text.binary && <Note>{trans.__('It is no text, so its lines cannot be compared.')}</Note>}
      {text.hunks.map(({ new_start, lines }) => (
        <article
          key={new_start}
          className="wove-Cell"
          data-wove-change=""
          tabIndex={0}
          aria-label={trans.__('Line %1', new_start)}
        >
          <header className="wove-Cell-head">{trans.__('Line %1', new_start)}</header>
          <Lines lines={lines} />
        </article>
      ))}
      {text.truncated && <Note>{trans.__('It is too large to show more of it.')}</Note>}
    </div>
  );
}

function Note({ children }: { readonly children: string }): JSX.Element {
  return <p className="wove-Muted">{children}</p>;
}
