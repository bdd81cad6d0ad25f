/** What the history is asked, beyond what every panel of a project asks. */
import type { Api } from '../api/client';
import { unwrap } from '../api/client';
import type { ChangedFile, FileDiff } from '../api/models';
import type { Ask } from '../projects/queries';

/** Two versions of a project, or a version and the files as they are now. */
export interface Pair {
  readonly id: string;
  readonly base: string;
  readonly head: string;
}

/** What changed in one file; a renamed one is compared with what it was. */
export function diff(
  api: Api,
  { id, base, head }: Pair,
  { path, old_path }: ChangedFile
): Ask<FileDiff> {
  const params = { path: { project_id: id }, query: { path, base, head, old_path } };
  return {
    queryKey: ['projects', 'work', 'diff', id, base, head, path, old_path],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/wove/api/projects/{project_id}/diff', { params, signal }))
  };
}
