/** Draws a log that grows: only the lines that are in view, so that 20,000 of them stay quick. */
import { Clipboard } from '@jupyterlab/apputils';
import { copyIcon } from '@jupyterlab/ui-components';
import type { RefObject } from 'react';
import React, { useEffect, useLayoutEffect, useRef, useState } from 'react';

import { ToolButton, useTrans } from '../ui';
import { plain } from './words';

/** Pixels; the style sheet says the same. */
const LINE = 18;
/** Lines above and below those in view, so that a quick wheel shows no gap. */
const BESIDE = 20;

/** A line, whoever wrote it. */
export interface Shown {
  readonly n: number;
  readonly stream: string;
  readonly text: string;
}

interface LogProps {
  readonly label: string;
  readonly lines: readonly Shown[];
  /** What to say while there is no line. */
  readonly none: string;
}

export function Log({ label, lines, none }: LogProps): JSX.Element {
  const trans = useTrans();
  const [follows, setFollows] = useState(true);
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    Clipboard.copyToSystem(lines.map(({ text }) => plain(text)).join('\n'));
    setCopied(true);
  };
  if (lines.length === 0) {
    return <p className="wove-Log-none">{none}</p>;
  }
  return (
    <div className="wove-Log">
      <div className="wove-Log-tools">
        <span className="wove-Quiet">
          {trans._n('%1 line', '%1 lines', lines.length)}
          <span role="status">{copied && ` · ${trans.__('Copied.')}`}</span>
        </span>
        <label className="wove-Log-follow">
          <input
            type="checkbox"
            checked={follows}
            onChange={event => setFollows(event.target.checked)}
          />
          {trans.__('Follow the end')}
        </label>
        <ToolButton icon={copyIcon} label={trans.__('Copy the log')} onClick={copy} />
      </div>
      <Lines label={label} lines={lines} follows={follows} onFollow={setFollows} />
    </div>
  );
}

interface LinesProps {
  readonly label: string;
  readonly lines: readonly Shown[];
  readonly follows: boolean;
  readonly onFollow: (follows: boolean) => void;
}

function Lines({ label, lines, follows, onFollow }: LinesProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const { top, height, look } = useView(host);
  const first = Math.max(Math.floor(top / LINE) - BESIDE, 0);
  const shown = lines.slice(first, Math.ceil((top + height) / LINE) + BESIDE);
  useLayoutEffect(() => {
    if (follows && host.current) {
      host.current.scrollTop = host.current.scrollHeight;
    }
  }, [follows, lines]);
  const onScroll = (): void => {
    look();
    const isAtEnd = host.current !== null && endOf(host.current) < LINE;
    if (isAtEnd !== follows) {
      onFollow(isAtEnd);
    }
  };
  return (
    <div
      ref={host}
      className="wove-Log-lines"
      role="region"
      aria-label={label}
      tabIndex={0}
      onScroll={onScroll}
    >
      <div className="wove-Log-all" style={{ height: lines.length * LINE }}>
        <ol className="wove-Log-some" style={{ top: first * LINE }} start={first + 1}>
          {shown.map(line => (
            <Line key={line.n} line={line} />
          ))}
        </ol>
      </div>
    </div>
  );
}

function Line({ line: { stream, text } }: { readonly line: Shown }): JSX.Element {
  return (
    <li className="wove-Log-line" data-stream={stream}>
      {plain(text) || '\u00a0'}
    </li>
  );
}

interface View {
  readonly top: number;
  readonly height: number;
  /** Look again at what is in view. */
  readonly look: () => void;
}

/** What of an element is in view; about a screen of it before that is known. */
function useView(host: RefObject<HTMLElement>): View {
  const [view, setView] = useState({ top: 0, height: 400 });
  const look = (): void => {
    if (host.current) {
      setView({ top: host.current.scrollTop, height: host.current.clientHeight });
    }
  };
  useEffect(() => {
    const sizes = new ResizeObserver(look);
    if (host.current) {
      sizes.observe(host.current);
    }
    return () => sizes.disconnect();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- it looks at what is there then
  }, [host]);
  return { ...view, look };
}

/** How far an element is from being scrolled to its end. */
function endOf({ scrollHeight, scrollTop, clientHeight }: HTMLElement): number {
  return scrollHeight - scrollTop - clientHeight;
}
