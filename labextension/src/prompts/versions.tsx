/** The versions of a prompt, and what differs between two of them. */
import React, { useState } from 'react';

import type { PromptCard, PromptVersion } from '../api/models';
import { Busy, ErrorState, RelativeTime, Tag, useTrans } from '../ui';
import { DiffView } from './diff';
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
  return (
    <section aria-label={trans.__('What is new since %1', base)}>
      <h4>{trans.__('From %1 to %2', base, card.number)}</h4>
      <DiffView diff={diff.data} />
    </section>
  );
}
