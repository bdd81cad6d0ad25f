/** Draws what people say about the document that the user looks at. */
import React, { useState } from 'react';
import { useStore } from 'zustand';

import { useMe } from '../account/model';
import { ActionButton, Busy, commentIcon, EmptyState, ErrorState, Panel, useTrans } from '../ui';
import { Composer } from './composer';
import type { Desk } from './desk';
import type { Discussion, Filter, Shown, Talked, Target } from './model';
import { filtered, mentions } from './model';
import { begin } from './sending';
import { go } from './showing';
import { Quoted, ThreadView } from './thread';

interface PanelProps {
  readonly desk: Desk;
}

export default function Comments({ desk }: PanelProps): JSX.Element {
  const trans = useTrans();
  const { talk } = useStore(desk.discussions.current);
  return (
    <Panel title={trans.__('Comments')}>
      {talk ? (
        <Talk key={talk.path} desk={desk} talk={talk} />
      ) : (
        <EmptyState
          icon={commentIcon}
          title={trans.__('No document')}
          hint={trans.__('Open a notebook or a text that people edit together.')}
        />
      )}
    </Panel>
  );
}

interface TalkProps extends PanelProps {
  readonly talk: Discussion;
}

function Talk({ desk, talk }: TalkProps): JSX.Element {
  const trans = useTrans();
  const talked = useStore(talk.store);
  const me = useMe().data?.handle ?? '';
  const [filter, setFilter] = useState<Filter>('open');
  if (talked.problem) {
    return <ErrorState problem={talked.problem} onRetry={() => void talk.open()} />;
  }
  if (!talked.role) {
    return <Busy />;
  }
  const chosen = talked.shown.find(({ thread }) => thread.id === talked.chosen);
  const shown = filtered(talked.shown, filter, me);
  const called = mentions(talked.shown, me).length;
  return (
    <div className="wove-Comments">
      {called > 0 && (
        <p className="wove-Comments-called" role="status">
          {trans._n('%1 thread mentions you', '%1 threads mention you', called)}
        </p>
      )}
      <Begin desk={desk} talk={talk} talked={talked} />
      <Filters filter={filter} onFilter={setFilter} />
      {shown.length === 0 && !talked.target && !chosen && <Nothing filter={filter} />}
      <Threads
        {...{ desk, talk, me }}
        shown={chosen && !shown.includes(chosen) ? [...shown, chosen] : shown}
      />
    </div>
  );
}

const CAN_COMMENT = ['commenter', 'editor', 'owner'];

export function mayComment({ role }: Talked): boolean {
  return role !== null && CAN_COMMENT.includes(role);
}

/** Where a thread is begun: what it will be about, and its first words. */
function Begin({ desk, talk, talked }: TalkProps & { readonly talked: Talked }): JSX.Element {
  const trans = useTrans();
  const { target } = talked;
  if (!mayComment(talked)) {
    return <p className="wove-Muted">{trans.__('You can read comments here, and write none.')}</p>;
  }
  if (!target) {
    return (
      <ActionButton
        label={trans.__('New comment')}
        onClick={() => void desk.app.commands.execute('wove:comment')}
      />
    );
  }
  const { api } = desk.wove;
  return (
    <section className="wove-Thread wove-mod-new" aria-label={trans.__('New comment')}>
      <About talk={talk} target={target} />
      <Composer
        talk={talk}
        asked={target}
        keptAs={`new:${target.cell ?? ''}:${target.quote?.start ?? ''}`}
        label={trans.__('Comment')}
        onCancel={() => talk.begin(null)}
        send={async (text, key) => {
          const { id } = await begin(api, talk.path, target, text, key);
          talk.begin(null);
          talk.choose(id);
        }}
      />
    </section>
  );
}

function About({
  talk,
  target
}: {
  readonly talk: Discussion;
  readonly target: Target;
}): JSX.Element {
  const trans = useTrans();
  const { content } = talk;
  const at = typeof content === 'string' ? -1 : content.findIndex(({ id }) => id === target.cell);
  const place = at === -1 ? trans.__('About this file') : trans.__('About cell %1', at + 1);
  return (
    <>
      <p className="wove-Muted">{target.quote && at === -1 ? trans.__('About') : place}</p>
      {target.quote && <Quoted text={target.quote.text} />}
      <div className="wove-Actions">
        {(target.cell !== null || target.quote) && (
          <ActionButton
            label={trans.__('About the whole file instead')}
            onClick={() => talk.begin({ cell: null, quote: null })}
          />
        )}
      </div>
    </>
  );
}

interface FiltersProps {
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}

function Filters({ filter, onFilter }: FiltersProps): JSX.Element {
  const trans = useTrans();
  const words: Record<Filter, string> = {
    open: trans.__('Open'),
    resolved: trans.__('Resolved'),
    mine: trans.__('Mine')
  };
  return (
    <div className="wove-Comments-filters" role="group" aria-label={trans.__('Which to show')}>
      {(Object.keys(words) as Filter[]).map(each => (
        <button
          key={each}
          type="button"
          className="wove-Comments-filter"
          aria-pressed={each === filter}
          onClick={() => onFilter(each)}
        >
          {words[each]}
        </button>
      ))}
    </div>
  );
}

function Nothing({ filter }: { readonly filter: Filter }): JSX.Element {
  const trans = useTrans();
  const titles: Record<Filter, string> = {
    open: trans.__('No open comments'),
    resolved: trans.__('Nothing is resolved yet'),
    mine: trans.__('No comments of yours, or that call you')
  };
  return (
    <EmptyState
      icon={commentIcon}
      title={titles[filter]}
      hint={trans.__('Select words or a cell, and press Ctrl+Alt+M (on a Mac ⌘⌥M).')}
    />
  );
}

interface ThreadsProps extends TalkProps {
  readonly me: string;
  readonly shown: readonly Shown[];
}

function Threads({ desk, talk, me, shown }: ThreadsProps): JSX.Element {
  return (
    <ul className="wove-Threads">
      {shown.map(each => (
        <ThreadView
          key={each.thread.id}
          {...{ desk, talk, me }}
          shown={each}
          onGo={() => {
            talk.choose(each.thread.id);
            go(desk, talk, each);
          }}
        />
      ))}
    </ul>
  );
}
