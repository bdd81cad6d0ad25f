/** Draws what became of one cell: its kind in words, its lines, its outputs in short. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactNode } from 'react';
import React from 'react';

import type { CellChange, Outputs } from '../api/models';
import { Tag, useTrans } from '../ui';
import { Lines } from './lines';

/** What can be done with a cell that changed, if anything. */
export type CellAction = (cell: CellChange) => ReactNode;

interface CellProps {
  readonly cell: CellChange;
  readonly action?: CellAction;
}

/** One cell that is not as it was; keys move from one to the next. */
export function Cell({ cell, action }: CellProps): JSX.Element {
  const trans = useTrans();
  const title = heading(trans, cell);
  return (
    <article
      className={`wove-Cell wove-mod-${cell.kind}`}
      data-wove-change=""
      tabIndex={0}
      aria-label={title}
    >
      <header className="wove-Cell-head">
        <strong>{title}</strong>
        {cell.kind !== 'moved' && cell.moved && <Tag>{trans.__('Moved too')}</Tag>}
        {cell.metadata_changed && <Tag>{trans.__('Metadata changed')}</Tag>}
        {cell.outputs_changed && cell.kind === 'changed' && (
          <Tag>{trans.__('Outputs changed')}</Tag>
        )}
        {action?.(cell)}
      </header>
      {cell.source.length > 0 && <Lines lines={cell.source} />}
      <Results cell={cell} />
    </article>
  );
}

function heading(trans: TranslationBundle, cell: CellChange): string {
  const type = typeWord(trans, cell);
  const was = place(cell.old_index);
  const is = place(cell.new_index);
  switch (cell.kind) {
    case 'added':
      return trans.__('%1 %2 was added', type, is);
    case 'removed':
      return trans.__('%1 %2 was removed', type, was);
    case 'moved':
      return trans.__('%1 moved from place %2 to %3', type, was, is);
    default:
      return trans.__('%1 %2 was changed', type, is);
  }
}

/** People count from 1. */
function place(index: number | null): number {
  return (index ?? 0) + 1;
}

function typeWord(trans: TranslationBundle, { cell_type }: CellChange): string {
  const words = {
    code: trans.__('Code cell'),
    markdown: trans.__('Markdown cell'),
    raw: trans.__('Raw cell')
  };
  return words[cell_type];
}

function Results({ cell }: { readonly cell: CellChange }): JSX.Element | null {
  const trans = useTrans();
  if (!cell.outputs_changed) {
    return null;
  }
  return (
    <div className="wove-Outputs">
      {cell.old_outputs && <Output label={trans.__('Output before')} outputs={cell.old_outputs} />}
      {cell.new_outputs && <Output label={trans.__('Output after')} outputs={cell.new_outputs} />}
    </div>
  );
}

interface OutputProps {
  readonly label: string;
  readonly outputs: Outputs;
}

function Output({ label, outputs }: OutputProps): JSX.Element {
  const trans = useTrans();
  const { count, mime_types, text, truncated } = outputs;
  return (
    <div className="wove-Output">
      <span className="wove-Muted">
        {label}: {count === 0 ? trans.__('none') : mime_types.join(', ')}
      </span>
      {text && (
        <pre tabIndex={0} aria-label={label}>
          {text}
          {truncated && '…'}
        </pre>
      )}
    </div>
  );
}
