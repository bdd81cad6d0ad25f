/** What is asked of what agents remember, and where the cache keeps the answers. */
import type { Api } from '../api/client';
import { unwrap } from '../api/client';
import type { Memory } from '../api/models';
import type { Ask } from '../projects/queries';

export const MEMORIES = 'memories';

/** What is remembered of a project, or of oneself where none is named. */
export function memoriesOf(api: Api, project: string | null): Ask<Memory[]> {
  const params = { query: project === null ? {} : { project_id: project } };
  return {
    queryKey: [MEMORIES, project],
    queryFn: ({ signal }) => unwrap(api.GET('/wove/api/ai/memories', { params, signal }))
  };
}

export function remember(api: Api, text: string, project: string | null): Promise<Memory> {
  return unwrap(api.POST('/wove/api/ai/memories', { body: { text, project_id: project } }));
}

export function rephrase(api: Api, id: string, text: string): Promise<Memory> {
  return unwrap(api.PUT('/wove/api/ai/memories/{memory_id}', { ...of(id), body: { text } }));
}

export async function forget(api: Api, id: string): Promise<void> {
  await unwrap(api.DELETE('/wove/api/ai/memories/{memory_id}', of(id)));
}

function of(id: string): { params: { path: { memory_id: string } } } {
  return { params: { path: { memory_id: id } } };
}
