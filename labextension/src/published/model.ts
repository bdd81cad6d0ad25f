/** What the server knows of a project that somebody published, and the star on it. */
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';

import { unwrap } from '../api/client';
import type { Card, FileEntry } from '../api/models';
import type { IWove } from '../tokens';
import { useOptimistic, useTrans, useWove } from '../ui';

type Asker = Pick<IWove, 'api' | 'queries'>;

/** Where the cache keeps a project with its stars. */
export function cardKey(projectId: string): readonly string[] {
  return ['card', projectId];
}

/** Ask for a project with its stars. Throws a ProblemError where it is not shared. */
export function fetchCard({ api, queries }: Asker, projectId: string): Promise<Card> {
  return queries.fetchQuery({
    queryKey: cardKey(projectId),
    queryFn: ({ signal }) => askCard(api, projectId, signal)
  });
}

function askCard(api: IWove['api'], projectId: string, signal: AbortSignal): Promise<Card> {
  const params = { path: { project_id: projectId } };
  return unwrap(api.GET('/wove/api/gallery/{project_id}', { params, signal }));
}

/** A project with its stars. */
export function useCard(projectId: string): UseQueryResult<Card> {
  const { api } = useWove();
  return useQuery({
    queryKey: cardKey(projectId),
    queryFn: ({ signal }) => askCard(api, projectId, signal)
  });
}

/** Put the star of the user on a project (true) or take it back (false). */
export function useStar(projectId: string): UseMutationResult<unknown, Error, boolean, unknown> {
  const { api, queries } = useWove();
  const trans = useTrans();
  const params = { path: { project_id: projectId } };
  return useOptimistic<Card, boolean>({
    queryKey: cardKey(projectId),
    send: async starred => {
      const at = '/wove/api/projects/{project_id}/star';
      await unwrap(starred ? api.PUT(at, { params }) : api.DELETE(at, { params }));
      void queries.invalidateQueries({ queryKey: ['gallery'] });
    },
    apply: star,
    refusal: trans.__('The star was not saved.')
  });
}

/** A card after the user starred it, or took the star back. */
export function star(card: Card, starred: boolean): Card {
  const change = Number(starred) - Number(card.starred);
  return { ...card, starred, stars: card.stars + change };
}

const README = ['readme.md', 'readme.markdown', 'readme.txt', 'readme'];

/** Find the README among files. */
export function readmeOf(files: readonly FileEntry[]): string | undefined {
  const named = new Map(files.map(({ path }) => [path.toLowerCase(), path]));
  return README.map(name => named.get(name)).find(path => path !== undefined);
}
