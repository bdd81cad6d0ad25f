/** What a model would be shown now: its parts, which can be pinned or left out, and the text. */
import type { TranslationBundle } from '@jupyterlab/translation';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import React, { useState } from 'react';

import type { Api } from '../api/client';
import { unwrap } from '../api/client';
import type { Preview, ShownPart } from '../api/models';
import { ActionButton, Busy, ErrorState, useTrans, useWove } from '../ui';
import { Rules } from './rules';
import type { Focus, Sight } from './sight';
import { useSight } from './use-sight';
import { fateOf, type Fate, type Wishes } from './wishes';

/** Dollars below which nobody counts. */
const LEAST = 0.0001;

interface TrayProps {
  readonly sight: Sight;
}

export function Tray({ sight }: TrayProps): JSX.Element {
  const { api, trans } = useWove();
  const wishes = useSight(sight, () => sight.wishes);
  const [focus] = useState(sight.focus);
  const { data, error, refetch } = useQuery({
    queryKey: ['sights', focus, wishes],
    queryFn: () => preview(api, focus, wishes),
    placeholderData: keepPreviousData,
    staleTime: 0
  });
  if (error) {
    return <ErrorState problem={error} onRetry={() => void refetch()} />;
  }
  if (!data) {
    return <Busy label={trans.__('Looking at the notebook…')} />;
  }
  return (
    <div className="wove-Tray">
      <Sum preview={data} />
      <ul className="wove-Tray-parts">
        {data.parts.map(part => (
          <Part
            key={part.id}
            part={part}
            fate={fateOf(wishes, part.id)}
            onWish={fate => sight.wish(part.id, fate)}
          />
        ))}
      </ul>
      <AnotherFile onWish={path => sight.wish(`file:${path}`, 'pinned')} />
      <Rules rules={data.rules} onChange={() => void refetch()} />
      <details>
        <summary>{trans.__('The very text')}</summary>
        <pre className="wove-Tray-text">{data.text}</pre>
      </details>
    </div>
  );
}

function Sum({ preview: { tokens, room, model, price } }: { preview: Preview }): JSX.Element {
  const trans = useTrans();
  return (
    <p className="wove-Tray-sum">
      {trans.__('%1 of %2 tokens', tokens.toLocaleString(), room.toLocaleString())}
      {' · '}
      {said(trans, model, price)}
    </p>
  );
}

/** What it costs to have a model read all of it, before it answers. */
function said(trans: TranslationBundle, model: string, price: string | null): string {
  if (price === null) {
    return trans.__('nobody knows what %1 costs', model);
  }
  const dollars = Number(price);
  if (dollars === 0) {
    return trans.__('%1 costs nothing', model);
  }
  return dollars < LEAST
    ? trans.__('less than $%1 to have %2 read it', LEAST, model)
    : trans.__('$%1 to have %2 read it', dollars.toPrecision(2), model);
}

interface PartProps {
  readonly part: ShownPart;
  readonly fate: Fate;
  readonly onWish: (fate: Fate) => void;
}

function Part({ part, fate, onWish }: PartProps): JSX.Element {
  const trans = useTrans();
  const toggled = (wanted: Fate): Fate => (fate === wanted ? 'chosen' : wanted);
  return (
    <li data-in={part.is_in}>
      <label>
        <input
          type="checkbox"
          checked={fate !== 'dropped'}
          onChange={() => onWish(toggled('dropped'))}
        />
        <span className="wove-Tray-name">{part.name}</span>
      </label>
      <span className="wove-Tray-tokens">
        {part.is_in || fate === 'dropped'
          ? trans.__('%1 tokens', part.tokens.toLocaleString())
          : trans.__('no room')}
      </span>
      <button
        type="button"
        className="wove-Tray-pin"
        aria-pressed={fate === 'pinned'}
        title={trans.__('Show it whatever else there is')}
        onClick={() => onWish(toggled('pinned'))}
      >
        {fate === 'pinned' ? trans.__('Pinned') : trans.__('Pin')}
      </button>
    </li>
  );
}

function AnotherFile({ onWish }: { readonly onWish: (path: string) => void }): JSX.Element {
  const trans = useTrans();
  const [path, setPath] = useState('');
  const add = (): void => {
    onWish(path.trim());
    setPath('');
  };
  return (
    <div className="wove-Tray-more">
      <input
        className="jp-mod-styled"
        value={path}
        placeholder={trans.__('Another file of the project, such as src/waves.py')}
        aria-label={trans.__('Path of another file to show')}
        onChange={event => setPath(event.target.value)}
        onKeyDown={event => event.key === 'Enter' && event.stopPropagation()}
      />
      <ActionButton label={trans.__('Pin')} disabled={path.trim() === ''} onClick={add} />
    </div>
  );
}

async function preview(api: Api, focus: Focus | null, wishes: Wishes): Promise<Preview> {
  const { notebook = '', cell = null } = focus ?? {};
  const body = { notebook, cell, pinned: [...wishes.pinned], dropped: [...wishes.dropped] };
  return unwrap(api.POST('/wove/api/ai/sights', { body }));
}
