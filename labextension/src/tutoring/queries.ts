/** What is asked of tutors, and where the cache keeps the answers. */
import type { Api } from '../api/client';
import { unwrap } from '../api/client';
import type { NewTutorPolicy, Tutored } from '../api/models';
import type { Ask } from '../projects/queries';

const TUTORS = 'tutors';
const OFTEN = 60_000; // milliseconds

/** What was set for a project, and what holds in it for the person who asks. */
export function tutorOf(api: Api, id: string): Ask<Tutored> {
  return {
    queryKey: [TUTORS, 'project', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/wove/api/ai/tutors/{project_id}', { ...of(id), signal }))
  };
}

/** What holds where a file lies. It may be set, or be over, while somebody looks on. */
export function tutorAround(
  api: Api,
  path: string
): Ask<Tutored> & { readonly refetchInterval: number } {
  return {
    queryKey: [TUTORS, 'around', path],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/wove/api/ai/tutors', { params: { query: { path } }, signal })),
    refetchInterval: OFTEN
  };
}

export function setTutor(api: Api, id: string, body: NewTutorPolicy): Promise<Tutored> {
  return unwrap(api.PUT('/wove/api/ai/tutors/{project_id}', { ...of(id), body }));
}

export async function liftTutor(api: Api, id: string): Promise<void> {
  await unwrap(api.DELETE('/wove/api/ai/tutors/{project_id}', of(id)));
}

function of(id: string): { params: { path: { project_id: string } } } {
  return { params: { path: { project_id: id } } };
}
