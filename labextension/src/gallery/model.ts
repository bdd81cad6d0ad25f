/** Asks the server for the gallery, page by page. */
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';

import type { Api } from '../api/client';
import { unwrap } from '../api/client';
import type { Card, Page } from '../api/models';
import { useWove } from '../ui';
import type { Filters } from './filters';

const AT_A_TIME = 20;

export type Wanted = Pick<Filters, 'order' | 'tag' | 'level'>;

/** Ask for a page of the gallery. */
export function browse(
  api: Api,
  { order, tag, level }: Wanted,
  after: string | null,
  signal: AbortSignal
): Promise<Page<Card>> {
  const filters = { ...(tag && { tag }), ...(level && { level }) };
  const query = { order, limit: AT_A_TIME, ...filters, ...(after !== null && { after }) };
  return unwrap(api.GET('/wove/api/gallery', { params: { query }, signal }));
}

/** The gallery so far; each project once, even if it moved while somebody read on. */
export function useGallery({ order, tag, level }: Wanted): UseInfiniteQueryResult<Card[]> {
  const { api } = useWove();
  return useInfiniteQuery({
    queryKey: ['gallery', order, tag, level],
    queryFn: ({ pageParam, signal }) => browse(api, { order, tag, level }, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    select: cards,
    placeholderData: keepPreviousData
  });
}

/** Join pages of cards. */
export function cards({ pages }: InfiniteData<Page<Card>>): Card[] {
  const found = pages.flatMap(page => page.items);
  return [...new Map(found.map(card => [card.project.id, card])).values()];
}
