/** Asks the server for what has the words that somebody types. */
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import type { Api } from '../api/client';
import { unwrap } from '../api/client';
import type { Hit } from '../api/models';
import { useWove } from '../ui';
import type { Answer, Asked, Facet, Meant } from './asked';

const AT_A_TIME = 20;
/** By what the first page says that its results can be narrowed. */
export const FACETS = 'lang,tag,has,uses,user';
/** Milliseconds without a new letter after which the words are looked for. */
export const REST = 200;

export type Question = Pick<Asked, 'words' | 'where' | 'personal'>;

/** All pages so far, and what the first one said of the whole. */
export interface Results {
  readonly hits: readonly Hit[];
  readonly meant: Meant | null;
  readonly facets: readonly Facet[];
}

/** Ask for a page of what is looked for. */
export function find(
  api: Api,
  { words, where, personal }: Question,
  after: string | null,
  signal: AbortSignal
): Promise<Answer> {
  const query = {
    q: words,
    limit: AT_A_TIME,
    ...(where !== 'all' && where !== 'code' && { where }),
    ...(!personal && { personal }),
    ...(after === null ? { facets: FACETS } : { after })
  };
  return unwrap(api.GET('/wove/api/search', { params: { query }, signal }));
}

/** What is found, page by page; a question that nobody waits for any more is aborted. */
export function useResults({ words, where, personal }: Question): UseInfiniteQueryResult<Results> {
  const { api } = useWove();
  return useInfiniteQuery({
    queryKey: ['search', words, where, personal],
    queryFn: ({ pageParam, signal }) => find(api, { words, where, personal }, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    select: joined,
    enabled: words !== '' && where !== 'code',
    placeholderData: keepPreviousData
  });
}

function joined({ pages }: InfiniteData<Answer>): Results {
  const [first] = pages;
  const hits = pages.flatMap(page => page.items);
  return { hits, meant: first?.meant ?? null, facets: first?.facets ?? [] };
}

/** A value once it has not changed for some milliseconds. */
export function useLate<T>(value: T, rest: number): T {
  const [late, setLate] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLate(value), rest);
    return () => clearTimeout(timer);
  }, [value, rest]);
  return late;
}

/** Words once their writer rests; none at once, so that an emptied field is empty at once. */
export function useRested(words: string): string {
  const rested = useLate(words, words === '' ? 0 : REST);
  return words === '' ? '' : rested;
}
