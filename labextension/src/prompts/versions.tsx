/** The versions of a prompt, and what differs between two of them. */
import React, { useState } from 'react';

import type { Difference, PromptCard, PromptVersion } from '../api/models';
import { Lines } from '../history/lines';
import { Busy, ErrorState, RelativeTime, Tag, useTrans } from '../ui';
import { Labels } from './labels';
import { useDiff, useVersions } from './model';

export function Versions({ card }: { readonly card: PromptCard }): JSX.Element {
  const trans = useTrans();
  const versions = useVersions(card.id);
  const [chosen, setChosen] = useState('');
  if (versions.error) {
    return <ErrorState problem={versions.error} onRetry={() => void versions.refetch()} />;
  }
  if (!versions.data) {
    return <Busy />;
  }
  return (
    <>
      <ul className="wove-Prompt-versions">
        {versions.data.map(version => (
          <Row
            key={version.number}
            version={version}
            isChosen={version.number === chosen}
            onChoose={() => setChosen(version.number)}
          />
        ))}
      </ul>
      <Labels card={card} versions={versions.data} />
      {chosen ? (
        <Diff card={card} base={chosen} />
      ) : (
        <p className="wove-Muted">{trans.__('Press a version to see what is new since.')}</p>
      )}
    </>
  );
}

interface RowProps {
  readonly version: PromptVersion;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Row({ version, isChosen, onChoose }: RowProps): JSX.Element {
  return (
    <li>
      <button type="button" className="wove-Link" aria-pressed={isChosen} onClick={onChoose}>
        {version.number}
      </button>
      {version.labels.map(label => (
        <Tag key={label}>{label}</Tag>
      ))}
      <span>{version.note}</span>
      <span className="wove-Muted">
        {version.author?.name} <RelativeTime iso={version.at} />
      </span>
    </li>
  );
}

function Diff({ card, base }: { readonly card: PromptCard; readonly base: string }): JSX.Element {
  const trans = useTrans();
  const diff = useDiff(card.id, base, card.number);
  if (diff.error) {
    return <ErrorState problem={diff.error} />;
  }
  if (!diff.data) {
    return <Busy />;
  }
  const { body, inputs, settings } = diff.data;
  const isSame = body.hunks.length + inputs.length + settings.length === 0;
  return (
    <section aria-label={trans.__('What is new since %1', base)}>
      <h4>{trans.__('From %1 to %2', base, card.number)}</h4>
      {isSame && <p className="wove-Muted">{trans.__('Nothing differs.')}</p>}
      <Differences title={trans.__('Inputs')} found={inputs} />
      <Differences title={trans.__('Settings')} found={settings} />
      {body.hunks.map(({ lines }, at) => (
        <Lines key={at} lines={lines} />
      ))}
    </section>
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
