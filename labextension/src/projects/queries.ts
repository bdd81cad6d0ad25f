/** What projects are asked, and where the cache keeps the answers. */
import type { QueryClient } from '@tanstack/react-query';

import type { Api } from '../api/client';
import { unwrap } from '../api/client';
import type {
  ChangedFile,
  FileEntry,
  Member,
  Page,
  Project,
  TemplateInfo,
  Version
} from '../api/models';
import { ProblemError } from '../api/problem';

/** A question to the server, as the cache wants it. */
export interface Ask<T> {
  readonly queryKey: readonly unknown[];
  readonly queryFn: (context: { readonly signal: AbortSignal }) => Promise<T>;
}

/** A question whose answer comes in pages. */
export interface AskPages<T> {
  readonly queryKey: readonly unknown[];
  readonly queryFn: (context: {
    readonly signal: AbortSignal;
    readonly pageParam: string | null;
  }) => Promise<Page<T>>;
  readonly initialPageParam: string | null;
  readonly getNextPageParam: (page: Page<T>) => string | null;
}

/** The files as they lie in the folder, where a version is asked for. */
export const WORKING = 'working';

const PROJECTS = 'projects';
/** What changes with every saved file, and not only when somebody changes a project. */
const WORK = 'work';

/** The project that a file or folder belongs to; null where there is none. */
export function around(api: Api, path: string): Ask<Project | null> {
  return {
    queryKey: [PROJECTS, 'around', path],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/wove/api/projects/around', { params: { query: { path } }, signal })).catch(
        nullIfMissing
      )
  };
}

export function project(api: Api, id: string): Ask<Project> {
  return {
    queryKey: [PROJECTS, 'one', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/wove/api/projects/{project_id}', { ...of(id), signal }))
  };
}

/** The projects one works on, or those in the bin, page by page. */
export function mine(api: Api, deleted: boolean): AskPages<Project> {
  return {
    queryKey: [PROJECTS, deleted ? 'bin' : 'mine'],
    queryFn: ({ pageParam, signal }) => {
      const query = { deleted, limit: 50, ...(pageParam !== null && { after: pageParam }) };
      return unwrap(api.GET('/wove/api/projects', { params: { query }, signal }));
    },
    initialPageParam: null,
    getNextPageParam: page => page.next
  };
}

export function templates(api: Api): Ask<TemplateInfo[]> {
  return {
    queryKey: ['templates'],
    queryFn: ({ signal }) => unwrap(api.GET('/wove/api/templates', { signal }))
  };
}

export function members(api: Api, id: string): Ask<Member[]> {
  return {
    queryKey: [PROJECTS, 'members', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/wove/api/projects/{project_id}/members', { ...of(id), signal }))
  };
}

/** The versions, newest first: those that somebody saved, or the automatic ones too. */
export function history(api: Api, id: string, kind: 'all' | 'named'): AskPages<Version> {
  return {
    queryKey: [PROJECTS, WORK, 'history', id, kind],
    queryFn: ({ pageParam, signal }) => {
      const query = { kind, limit: 20, ...(pageParam !== null && { after: pageParam }) };
      const params = { path: { project_id: id }, query };
      return unwrap(api.GET('/wove/api/projects/{project_id}/versions', { params, signal }));
    },
    initialPageParam: null,
    getNextPageParam: page => page.next
  };
}

/** The newest few of them. */
export function versions(
  api: Api,
  id: string,
  kind: 'all' | 'named',
  limit: number
): Ask<Page<Version>> {
  const params = { path: { project_id: id }, query: { kind, limit } };
  return {
    queryKey: [PROJECTS, WORK, 'versions', id, kind, limit],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/wove/api/projects/{project_id}/versions', { params, signal }))
  };
}

/** The files that differ between two versions. */
export function changes(api: Api, id: string, base: string, head: string): Ask<ChangedFile[]> {
  const params = { path: { project_id: id }, query: { base, head } };
  return {
    queryKey: [PROJECTS, WORK, 'changes', id, base, head],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/wove/api/projects/{project_id}/changes', { params, signal }))
  };
}

/** The files of the newest version that the asker may see. */
export function files(api: Api, id: string): Ask<FileEntry[]> {
  return {
    queryKey: [PROJECTS, WORK, 'files', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/wove/api/projects/{project_id}/files', { ...of(id), signal }))
  };
}

/** A file of that version, as text. */
export function text(api: Api, id: string, path: string): Ask<string> {
  const params = { path: { project_id: id, path } };
  return {
    queryKey: [PROJECTS, WORK, 'text', id, path],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/wove/api/projects/{project_id}/files/{path}', {
          params,
          parseAs: 'text',
          signal
        }) as Promise<{ data?: string }>
      )
  };
}

/** Ask again which project the user is in, before asking more about one that is there no more. */
export function refreshPlace(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ queryKey: [PROJECTS, 'around'] });
}

/** Ask again for what is on the screen: files were saved. */
export function refreshWork(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ queryKey: [PROJECTS, WORK] });
}

/** Ask again for what is on the screen: a project changed, and with it what others see of it. */
export function refreshAll(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries();
}

function of(id: string): { params: { path: { project_id: string } } } {
  return { params: { path: { project_id: id } } };
}

function nullIfMissing(error: unknown): null {
  if (error instanceof ProblemError && error.status === 404) {
    return null;
  }
  throw error;
}
