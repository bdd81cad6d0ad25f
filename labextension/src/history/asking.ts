/** What the timeline of a document is asked. */
import type { Api } from '../api/client';
import { unwrap } from '../api/client';
import type { FileDiff, Moment } from '../api/models';
import type { Ask, AskPages } from '../projects/queries';

/** The document as it is, where a moment is asked for. */
export const NOW = 'now';

/** A cell as its notebook has it. */
export interface CellThen {
  readonly id?: string;
  readonly cell_type: string;
  readonly source: string | readonly string[];
}

/** Who worked on a file when, newest first. */
export function moments(api: Api, path: string, automatic: boolean): AskPages<Moment> {
  return {
    queryKey: ['timeline', 'moments', path, automatic],
    queryFn: ({ pageParam, signal }) => {
      const query = {
        path,
        automatic,
        limit: 50,
        ...(pageParam !== null && { after: pageParam })
      };
      return unwrap(api.GET('/wove/api/timeline', { params: { query }, signal }));
    },
    initialPageParam: null,
    getNextPageParam: page => page.next
  };
}

/** What changed from one moment of a file to another. */
export function between(api: Api, path: string, base: string, head: string): Ask<FileDiff> {
  const params = { query: { path, base, head } };
  return {
    queryKey: ['timeline', 'diff', path, base, head],
    queryFn: ({ signal }) => unwrap(api.GET('/wove/api/timeline/diff', { params, signal }))
  };
}

/** A file as it was at a moment. */
export function content(api: Api, path: string, moment: string): Ask<string> {
  const params = { query: { path, moment } };
  return {
    queryKey: ['timeline', 'content', path, moment],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/wove/api/timeline/content', { params, parseAs: 'text', signal }) as Promise<{
          data?: string;
        }>
      )
  };
}

/** The cells of a notebook; none of a text. */
export function cellsOf(path: string, file: string): readonly CellThen[] {
  return path.endsWith('.ipynb') ? (JSON.parse(file) as { cells: CellThen[] }).cells : [];
}
