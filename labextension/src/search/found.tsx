/** What a search has come to: hits, none, a problem, or still under way. */
import { searchIcon } from '@jupyterlab/ui-components';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import React from 'react';

import type { Hit } from '../api/models';
import { ActionButton, Busy, EmptyState, ErrorState, useTrans } from '../ui';
import { Hits } from './hits';

interface FoundProps {
  readonly words: string;
  readonly list: string;
  readonly hits: UseInfiniteQueryResult<Hit[]>;
  readonly active: number;
  readonly onOpen: (at: number) => void;
}

export function Found({ words, list, hits, active, onOpen }: FoundProps): JSX.Element {
  const trans = useTrans();
  if (hits.error) {
    return <ErrorState problem={hits.error} onRetry={() => void hits.refetch()} />;
  }
  if (!hits.data) {
    return <Busy label={trans.__('Searching…')} />;
  }
  if (!hits.data.length) {
    return <Nothing words={words} />;
  }
  return (
    <>
      <p className="wove-Hidden" role="status">
        {trans._n('%1 result', '%1 results', hits.data.length)}
      </p>
      <Hits {...{ list, active, onOpen }} hits={hits.data} />
      {hits.hasNextPage && (
        <ActionButton
          label={trans.__('More')}
          disabled={hits.isFetchingNextPage}
          onClick={() => void hits.fetchNextPage()}
        />
      )}
    </>
  );
}

function Nothing({ words }: { readonly words: string }): JSX.Element {
  const trans = useTrans();
  return (
    <div role="status">
      <EmptyState
        icon={searchIcon}
        title={trans.__('Nothing found')}
        hint={trans.__(
          'Nothing that you can see has “%1” in it. Try fewer or other words; only what is published, or yours, is found.',
          words
        )}
      />
    </div>
  );
}
