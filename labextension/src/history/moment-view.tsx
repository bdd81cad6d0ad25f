/** Draws one moment of a document: what was done, what has changed since, or all of it. */
import { useQuery } from '@tanstack/react-query';
import React, { useState } from 'react';

import type { CellChange, Moment } from '../api/models';
import { ActionButton, Busy, ErrorState, useTrans, useWove } from '../ui';
import { NOW, between, cellsOf, content } from './asking';
import { bringBack, nameMoment, removeName, rename } from './bringing-back';
import { Shown } from './file-diff';
import { Lines } from './lines';
import { title, who } from './words';

type View = 'done' | 'since' | 'all';

interface MomentProps {
  readonly path: string;
  readonly moment: Moment;
  readonly editable: boolean;
}

interface MomentViewProps extends MomentProps {
  /** The moment before this one, if any is kept. */
  readonly before: Moment | undefined;
}

export function MomentView({ path, moment, before, editable }: MomentViewProps): JSX.Element {
  const trans = useTrans();
  const [view, setView] = useState<View>(before ? 'done' : 'all');
  return (
    <div className="wove-MomentView">
      <h3 className="wove-Compare-path">{title(trans, moment)}</h3>
      <p className="wove-Muted">{span(moment)}</p>
      {moment.kind !== 'edits' && moment.people.length > 0 && (
        <p className="wove-Muted">{who(trans, moment)}</p>
      )}
      {editable && <Actions path={path} moment={moment} />}
      <Views view={view} canTellBefore={before !== undefined} onView={setView} />
      {view === 'done' && before && <Changes path={path} base={before.id} head={moment.id} />}
      {view === 'since' && <Since path={path} moment={moment} editable={editable} />}
      {view === 'all' && <Everything path={path} moment={moment} />}
    </div>
  );
}

function span({ began, at }: Moment): string {
  const [from, to] = [new Date(began), new Date(at)];
  const end = to.toLocaleString();
  return to.getTime() - from.getTime() < 60_000 ? end : `${from.toLocaleTimeString()} – ${end}`;
}

function Actions({ path, moment }: Omit<MomentProps, 'editable'>): JSX.Element {
  const trans = useTrans();
  const wove = useWove();
  return (
    <div className="wove-Actions">
      <ActionButton
        primary
        label={trans.__('Restore the whole document')}
        onClick={() => void bringBack(wove, path, moment)}
      />
      {(moment.kind === 'edits' || moment.kind === 'start') && (
        <ActionButton
          label={trans.__('Name this moment…')}
          onClick={() => void nameMoment(wove, path, moment)}
        />
      )}
      {moment.kind === 'checkpoint' && (
        <>
          <ActionButton label={trans.__('Rename…')} onClick={() => void rename(wove, moment)} />
          <ActionButton
            label={trans.__('Remove…')}
            onClick={() => void removeName(wove, moment)}
          />
        </>
      )}
    </div>
  );
}

interface ViewsProps {
  readonly view: View;
  readonly canTellBefore: boolean;
  readonly onView: (view: View) => void;
}

function Views({ view, canTellBefore, onView }: ViewsProps): JSX.Element {
  const trans = useTrans();
  const words: readonly [View, string][] = [
    ['done', trans.__('What was done')],
    ['since', trans.__('What has changed since')],
    ['all', trans.__('All of it')]
  ];
  return (
    <fieldset className="wove-Views">
      <legend className="wove-Hidden">{trans.__('Show of this moment')}</legend>
      {words.map(([which, label]) => (
        <label key={which} className="wove-Choice">
          <input
            type="radio"
            checked={view === which}
            disabled={which === 'done' && !canTellBefore}
            onChange={() => onView(which)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

interface ChangesProps {
  readonly path: string;
  readonly base: string;
  readonly head: string;
  readonly action?: (cell: CellChange) => JSX.Element | null;
}

function Changes({ path, base, head, action }: ChangesProps): JSX.Element {
  const trans = useTrans();
  const { data, error, refetch } = useQuery(between(useWove().api, path, base, head));
  if (error) {
    return <ErrorState problem={error} onRetry={() => void refetch()} />;
  }
  return data ? (
    <Shown file={data} {...(action && { action })} />
  ) : (
    <Busy label={trans.__('Replaying what was typed…')} />
  );
}

function Since({ path, moment, editable }: MomentProps): JSX.Element {
  const trans = useTrans();
  const wove = useWove();
  const action = ({ kind, old_index }: CellChange): JSX.Element | null =>
    editable && (kind === 'changed' || kind === 'removed') && old_index !== null ? (
      <ActionButton
        label={trans.__('Restore this cell')}
        onClick={() => void bringBack(wove, path, moment, old_index)}
      />
    ) : null;
  return <Changes path={path} base={moment.id} head={NOW} action={action} />;
}

function Everything({ path, moment }: Omit<MomentProps, 'editable'>): JSX.Element {
  const trans = useTrans();
  const { data, error, refetch } = useQuery(content(useWove().api, path, moment.id));
  if (error) {
    return <ErrorState problem={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return <Busy label={trans.__('Replaying what was typed…')} />;
  }
  const cells = path.endsWith('.ipynb')
    ? cellsOf(path, data).map(({ source }) => [source].flat().join(''))
    : [data];
  return (
    <div className="wove-Cells">
      {cells.map((source, at) => (
        <article key={at} className="wove-Cell" aria-label={trans.__('Part %1', at + 1)}>
          <Lines lines={source.split('\n').map(text => ({ op: ' ' as const, text, count: 1 }))} />
        </article>
      ))}
    </div>
  );
}
