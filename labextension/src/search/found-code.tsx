/** What a search in code has come to. */
import { searchIcon } from '@jupyterlab/ui-components';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import React from 'react';

import { ProblemError } from '../api/problem';
import { ActionButton, Busy, EmptyState, ErrorState, useTrans } from '../ui';
import type { Asked, Change } from './asked';
import type { CodeResults } from './code-model';
import { CodeFiles } from './code-files';
import { DidYouMean } from './meant';

interface FoundCodeProps {
  readonly asked: Asked;
  readonly change: Change;
  readonly results: UseInfiniteQueryResult<CodeResults>;
  /** Whether what is shown answers what was typed before. */
  readonly isLate: boolean;
}

export function FoundCode(props: FoundCodeProps): JSX.Element {
  const trans = useTrans();
  const { results, isLate } = props;
  if (results.error) {
    return <Refusal {...props} />;
  }
  if (!results.data) {
    return <Busy label={trans.__('Searching…')} />;
  }
  const { files, approximate, goesOn } = results.data;
  return (
    <div className={isLate ? 'wove-Found wove-mod-late' : 'wove-Found'} aria-busy={isLate}>
      {approximate && !goesOn && (
        <p className="wove-Note" role="status">
          {trans.__(
            'Not all could be read in time, so there may be more. “More” goes on; three letters in a row are found faster.'
          )}
        </p>
      )}
      {files.length > 0 && <CodeFiles files={files} />}
      {goesOn && <Busy label={trans.__('Looking on in what has not been read yet…')} />}
      {!files.length && !goesOn && <Nothing {...props} />}
      {results.hasNextPage && !goesOn && (
        <ActionButton
          label={trans.__('More')}
          disabled={results.isFetchingNextPage}
          onClick={() => void results.fetchNextPage()}
        />
      )}
    </div>
  );
}

/** What is wrong with the pattern right below it, for its writer goes on; else what went wrong. */
function Refusal({ results: { error, refetch } }: FoundCodeProps): JSX.Element {
  const { problem, status } = ProblemError.of(error);
  return status === 422 ? (
    <p className="wove-Note wove-mod-wrong" role="status">
      {problem.detail}
    </p>
  ) : (
    <ErrorState problem={error} onRetry={() => void refetch()} />
  );
}

function Nothing({ asked, change, results: { data } }: FoundCodeProps): JSX.Element {
  const trans = useTrans();
  return (
    <div role="status">
      {data?.suggestions.map(q => (
        <DidYouMean
          key={q}
          meant={{ q, text: [{ text: q, hit: false }] }}
          onTake={words => change({ words })}
        />
      ))}
      <EmptyState
        icon={searchIcon}
        title={trans.__('No such line')}
        hint={trans.__(
          'No line that you can see is like “%1”. Code is found letter by letter; for what it means, search in all.',
          asked.words.trim()
        )}
        action={{ label: trans.__('Search in all'), onClick: () => change({ where: 'all' }) }}
      />
    </div>
  );
}
