/** Draws the moments of a document under their days; the arrow keys go from one to the next. */
import type { KeyboardEvent, ReactNode } from 'react';
import React from 'react';

import type { Moment } from '../api/models';
import { Avatar, RelativeTime, Tag, useTrans } from '../ui';
import { title, who } from './words';

interface MomentListProps {
  readonly moments: readonly Moment[];
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
  readonly children?: ReactNode;
}

export function MomentList(props: MomentListProps): JSX.Element {
  const trans = useTrans();
  const { moments, chosen, onChoose, children } = props;
  return (
    <nav className="wove-Moments" aria-label={trans.__('Moments')} onKeyDown={step}>
      {moments.length === 0 && <p className="wove-Muted">{trans.__('There is none of these.')}</p>}
      <ol>
        {moments.map((moment, at) => (
          <React.Fragment key={moment.id}>
            {day(moment) !== (at > 0 ? day(moments[at - 1]) : '') && (
              <li className="wove-Moments-day">{day(moment)}</li>
            )}
            <li>
              <Row moment={moment} isChosen={moment.id === chosen} onChoose={onChoose} />
            </li>
          </React.Fragment>
        ))}
      </ol>
      {children}
    </nav>
  );
}

interface RowProps {
  readonly moment: Moment;
  readonly isChosen: boolean;
  readonly onChoose: (id: string) => void;
}

function Row({ moment, isChosen, onChoose }: RowProps): JSX.Element {
  const trans = useTrans();
  return (
    <button
      type="button"
      className={`wove-Moment wove-mod-${moment.kind}`}
      aria-current={isChosen || undefined}
      tabIndex={isChosen ? 0 : -1}
      onClick={() => onChoose(moment.id)}
      onFocus={() => onChoose(moment.id)}
    >
      <span className="wove-Moment-faces" aria-hidden="true">
        {moment.people.slice(0, 3).map(({ handle, name }) => (
          <Avatar key={handle} name={name} />
        ))}
      </span>
      <span className="wove-Moment-said">
        <strong>{title(trans, moment)}</strong>{' '}
        {moment.kind === 'version' && <Tag>{trans.__('Version')}</Tag>}
        {moment.kind === 'checkpoint' && <Tag>{trans.__('Named')}</Tag>}
        {moment.message && <span className="wove-Moment-message">{moment.message}</span>}
        <span className="wove-Muted">
          {moment.kind !== 'edits' && moment.people.length > 0 && `${who(trans, moment)} · `}
          {clock(moment.at)} · <RelativeTime iso={moment.at} />
        </span>
      </span>
    </button>
  );
}

/** The day of a moment, as people write it. */
function day(moment: Moment | undefined): string {
  const options = { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' } as const;
  return moment ? new Date(moment.at).toLocaleDateString(undefined, options) : '';
}

function clock(iso: string): string {
  return new Date(iso).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  Home: -Infinity,
  End: Infinity
};

function step(event: KeyboardEvent<HTMLElement>): void {
  const by = STEPS[event.key];
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('.wove-Moment')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  if (by !== undefined && at !== -1) {
    event.preventDefault();
    rows[Math.max(0, Math.min(rows.length - 1, at + by))]?.focus();
  }
}
