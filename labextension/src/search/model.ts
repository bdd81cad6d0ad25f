/** Asks the server for what has the words that somebody types. */
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import type { Api } from '../api/client';
import { unwrap } from '../api/client';
import type { Hit, Page } from '../api/models';
import { useWove } from '../ui';

const AT_A_TIME = 20;
/** Milliseconds without a new letter after which the words are looked for. */
export const REST = 200;

/** Ask for a page of what has these words. */
export function find(
  api: Api,
  words: string,
  after: string | null,
  signal: AbortSignal
): Promise<Page<Hit>> {
  const query = { q: words, limit: AT_A_TIME, ...(after !== null && { after }) };
  return unwrap(api.GET('/wove/api/search', { params: { query }, signal }));
}

/** What has these words, page by page; a question that nobody waits for any more is aborted. */
export function useHits(words: string): UseInfiniteQueryResult<Hit[]> {
  const { api } = useWove();
  return useInfiniteQuery({
    queryKey: ['search', words],
    queryFn: ({ pageParam, signal }) => find(api, words, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    select: flat,
    enabled: words !== '',
    placeholderData: keepPreviousData
  });
}

function flat({ pages }: InfiniteData<Page<Hit>>): Hit[] {
  return pages.flatMap(page => page.items);
}

/** Words once their writer rests; none at once, so that an emptied field is empty at once. */
export function useRested(words: string): string {
  const [rested, setRested] = useState(words);
  useEffect(() => {
    const timer = setTimeout(() => setRested(words), words === '' ? 0 : REST);
    return () => clearTimeout(timer);
  }, [words]);
  return words === '' ? '' : rested;
}
