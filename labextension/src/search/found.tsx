/** What a search has come to: hits and ways to narrow them, none, or a problem. */
import { searchIcon } from '@jupyterlab/ui-components';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import React from 'react';

import { ActionButton, Busy, EmptyState, ErrorState, useTrans } from '../ui';
import type { Asked, Change } from './asked';
import { Facets } from './facets';
import { Hits } from './hits';
import { DidYouMean, PatternInWords } from './meant';
import type { Results } from './model';

interface FoundProps {
  readonly asked: Asked;
  readonly change: Change;
  readonly list: string;
  readonly results: UseInfiniteQueryResult<Results>;
  /** Whether what is shown answers what was typed before. */
  readonly isLate: boolean;
  readonly active: number;
  readonly onOpen: (at: number) => void;
}

export function Found(props: FoundProps): JSX.Element {
  const trans = useTrans();
  const { asked, results, change, isLate } = props;
  if (results.error) {
    return <ErrorState problem={results.error} onRetry={() => void results.refetch()} />;
  }
  if (!results.data) {
    return <Busy label={trans.__('Searching…')} />;
  }
  const { hits, meant, facets } = results.data;
  return (
    <div className={isLate ? 'wove-Found wove-mod-late' : 'wove-Found'} aria-busy={isLate}>
      <PatternInWords words={asked.words} change={change} />
      {meant && <DidYouMean meant={meant} onTake={words => change({ words })} />}
      <Facets facets={facets} isLate={isLate} onWords={words => change({ words })} />
      {hits.length ? <List {...props} hits={hits} /> : <Nothing {...props} />}
    </div>
  );
}

function List(props: FoundProps & Pick<Results, 'hits'>): JSX.Element {
  const trans = useTrans();
  const { hits, results, list, active, onOpen } = props;
  return (
    <>
      <p className="wove-Hidden" role="status">
        {trans._n('%1 result', '%1 results', hits.length)}
      </p>
      <Taste {...props} />
      <Hits {...{ list, active, onOpen, hits }} />
      {results.hasNextPage && (
        <ActionButton
          label={trans.__('More')}
          disabled={results.isFetchingNextPage}
          onClick={() => void results.fetchNextPage()}
        />
      )}
    </>
  );
}

/** The switch that leaves one's taste out of the order. */
function Taste({ asked, change }: FoundProps): JSX.Element {
  const trans = useTrans();
  return (
    <label className="wove-Taste" title={trans.__('What you starred or remixed lately counts')}>
      <input
        type="checkbox"
        checked={asked.personal}
        onChange={event => change({ personal: event.target.checked })}
      />
      {trans.__('What I like stands higher')}
    </label>
  );
}

function Nothing({ asked: { words, where }, change }: FoundProps): JSX.Element {
  const trans = useTrans();
  const everywhere = {
    label: trans.__('Search everything'),
    onClick: () => change({ where: 'all' })
  };
  return (
    <div role="status">
      <EmptyState
        icon={searchIcon}
        title={trans.__('Nothing found')}
        hint={trans.__(
          'Nothing that you can see has “%1” in it. Try fewer or other words; only what is published, or yours, is found.',
          words.trim()
        )}
        {...(where !== 'all' && { action: everywhere })}
      />
    </div>
  );
}
