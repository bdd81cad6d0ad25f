/** Draws what was found. */
import { fileIcon, notebookIcon, userIcon } from '@jupyterlab/ui-components';
import type { LabIcon } from '@jupyterlab/ui-components';
import React, { useEffect, useRef } from 'react';

import type { Fragment, Hit } from '../api/models';
import { promptIcon, useTrans, woveIcon } from '../ui';
import { optionId } from './box';
import { useReasons } from './meanings';

const ICONS: Record<Hit['kind'], LabIcon> = {
  project: woveIcon,
  cell: notebookIcon,
  file: fileIcon,
  prompt: promptIcon,
  person: userIcon
};

interface HitsProps {
  readonly list: string;
  readonly hits: readonly Hit[];
  readonly active: number;
  readonly onOpen: (at: number) => void;
}

/** The hits, as the list of a search box. */
export function Hits({ list, hits, active, onOpen }: HitsProps): JSX.Element {
  const trans = useTrans();
  return (
    <ul id={list} role="listbox" className="wove-Hits" aria-label={trans.__('Search results')}>
      {hits.map((hit, at) => (
        <Option
          key={at}
          id={optionId(list, at)}
          hit={hit}
          active={at === active}
          onOpen={() => onOpen(at)}
        />
      ))}
    </ul>
  );
}

interface OptionProps {
  readonly id: string;
  readonly hit: Hit;
  readonly active: boolean;
  readonly onOpen: () => void;
}

function Option({ id, hit, active, onOpen }: OptionProps): JSX.Element {
  const node = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (active) {
      node.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [active]);
  const Icon = ICONS[hit.kind];
  const why = useReasons()(hit.why);
  return (
    <li
      ref={node}
      id={id}
      role="option"
      className="wove-Hit"
      aria-selected={active}
      title={why}
      onClick={onOpen}
    >
      <Icon.react tag="span" className="wove-Hit-icon" aria-hidden="true" />
      <div className="wove-Hit-text">
        <Heading hit={hit} />
        {hit.snippet.length > 0 && (
          <div className={hit.path === null ? 'wove-Hit-words' : 'wove-Hit-code'}>
            <Marked fragments={hit.snippet} />
          </div>
        )}
        <Remixes count={hit.remixes} />
        {active && why && <div className="wove-Hit-why">{why}</div>}
      </div>
    </li>
  );
}

/** Others of the same family, of which this one stands for all. */
function Remixes({ count }: { readonly count: number }): JSX.Element | null {
  const trans = useTrans();
  return count > 0 ? (
    <div className="wove-Hit-why">{trans._n('and %1 remix', 'and %1 remixes', count)}</div>
  ) : null;
}

function Heading({ hit }: { readonly hit: Hit }): JSX.Element {
  const trans = useTrans();
  const { project, prompt, path, cell } = hit;
  const owner = (project ?? prompt)?.owner;
  const inside = path === null ? null : project;
  return (
    <>
      <div className="wove-Hit-title">
        {inside?.title ?? <Marked fragments={hit.title} />}
        {owner && <span className="wove-Hit-by"> {trans.__('by %1', owner.name)}</span>}
      </div>
      {path !== null && (
        <div className="wove-Hit-place">
          {path}
          {cell !== null && <span> · {trans.__('cell %1', cell + 1)}</span>}
        </div>
      )}
    </>
  );
}

/** Text with the words that were looked for marked; whatever it holds, it stays text. */
export function Marked({ fragments }: { readonly fragments: readonly Fragment[] }): JSX.Element {
  return <>{fragments.map(({ text, hit }, at) => (hit ? <mark key={at}>{text}</mark> : text))}</>;
}
