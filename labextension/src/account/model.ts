/** What the server knows of people and of one's own keys. */
import type { InfiniteData, UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';

import type { Api } from '../api/client';
import { unwrap } from '../api/client';
import type { Card, CreatedKey, Key, Me, Page, Profile } from '../api/models';
import { cards } from '../gallery/model';
import { useWove } from '../ui';

export const ME = ['me'];
export const KEYS = ['keys'];

/** The user. */
export function useMe(): UseQueryResult<Me> {
  const { api } = useWove();
  return useQuery({
    queryKey: ME,
    queryFn: ({ signal }) => unwrap(api.GET('/wove/api/me', { signal }))
  });
}

/** The valid API keys of the user, newest first. */
export function useKeys(): UseQueryResult<Key[]> {
  const { api } = useWove();
  return useQuery({
    queryKey: KEYS,
    queryFn: ({ signal }) => unwrap(api.GET('/wove/api/keys', { signal }))
  });
}

/** A key to make. */
export interface NewKey {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly days: number;
}

/** Make a key; its secret is in this answer and in no other. */
export function createKey(api: Api, { scopes, ...key }: NewKey): Promise<CreatedKey> {
  return unwrap(api.POST('/wove/api/keys', { body: { ...key, scopes: [...scopes] } }));
}

/** Take a key back. */
export async function revokeKey(api: Api, id: string): Promise<void> {
  await unwrap(api.DELETE('/wove/api/keys/{key_id}', { params: { path: { key_id: id } } }));
}

/** Somebody, with what they published. */
export function useProfile(handle: string): UseQueryResult<Profile> {
  const { api } = useWove();
  return useQuery({
    queryKey: ['profile', handle],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/wove/api/profiles/{handle}', { params: { path: { handle } }, signal }))
  });
}

/** What somebody published, page by page. */
export function usePublishedBy(handle: string): UseInfiniteQueryResult<Card[]> {
  const { api } = useWove();
  return useInfiniteQuery<Page<Card>, Error, Card[], string[], string | null>({
    queryKey: ['published-by', handle],
    queryFn: ({ pageParam, signal }) => {
      const params = { path: { handle }, query: pageParam === null ? {} : { after: pageParam } };
      return unwrap(api.GET('/wove/api/profiles/{handle}/projects', { params, signal }));
    },
    initialPageParam: null,
    getNextPageParam: page => page.next,
    select: (data: InfiniteData<Page<Card>, string | null>) => cards(data)
  });
}
