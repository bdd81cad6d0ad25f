/** Draws what differs between two versions of a prompt: inputs, settings, and the text. */
import React from 'react';

import type { Difference, PromptDiff } from '../api/models';
import { Lines } from '../history/lines';
import { useTrans } from '../ui';

export function DiffView({ diff }: { readonly diff: PromptDiff }): JSX.Element {
  const trans = useTrans();
  const { body, inputs, settings } = diff;
  const isSame = body.hunks.length + inputs.length + settings.length === 0;
  return (
    <>
      {isSame && <p className="wove-Muted">{trans.__('Nothing differs.')}</p>}
      <Differences title={trans.__('Inputs')} found={inputs} />
      <Differences title={trans.__('Settings')} found={settings} />
      {body.hunks.map(({ lines }, at) => (
        <Lines key={at} lines={lines} />
      ))}
    </>
  );
}

interface DifferencesProps {
  readonly title: string;
  readonly found: readonly Difference[];
}

function Differences({ title, found }: DifferencesProps): JSX.Element | null {
  const trans = useTrans();
  const said = (value: unknown): string =>
    value === null || value === undefined ? trans.__('not there') : JSON.stringify(value);
  return found.length === 0 ? null : (
    <>
      <h5>{title}</h5>
      <ul>
        {found.map(({ name, before, after }) => (
          <li key={name}>
            <code>{name}</code>: {trans.__('%1, was %2', said(after), said(before))}
          </li>
        ))}
      </ul>
    </>
  );
}
