/** Draws lines that were added and removed: by a sign as well as by a colour. */
import React from 'react';

import type { Line } from '../api/models';
import { useTrans } from '../ui';

const KINDS = { '+': 'wove-mod-added', '-': 'wove-mod-removed', ' ': '', '=': 'wove-mod-folded' };

export function Lines({ lines }: { readonly lines: readonly Line[] }): JSX.Element {
  return (
    <div className="wove-Lines">
      {lines.map((line, at) => (
        <Row key={at} line={line} />
      ))}
    </div>
  );
}

function Row({ line: { op, text, count } }: { readonly line: Line }): JSX.Element {
  const trans = useTrans();
  const said = { '+': trans.__('Added:'), '-': trans.__('Removed:'), ' ': '', '=': '' }[op];
  return (
    <div className={`wove-Line ${KINDS[op]}`}>
      <span className="wove-Line-sign" aria-hidden="true">
        {op === '=' ? '⋯' : op}
      </span>
      {said && <span className="wove-Hidden">{said}</span>}
      <code className="wove-Line-text">
        {op === '=' ? trans._n('%1 line stays', '%1 lines stay', count) : text}
      </code>
    </div>
  );
}
