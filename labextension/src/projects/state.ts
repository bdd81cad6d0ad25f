/** How far a project is from its newest saved version. */
import { useQuery } from '@tanstack/react-query';

import type { ChangedFile, Project, Version } from '../api/models';
import { useWove } from '../ui/context';
import { WORKING, changes, versions } from './queries';

export interface SavedState {
  /** The newest version that somebody saved. */
  readonly last: Version | undefined;
  /** What changed since; undefined until the server has told. */
  readonly changed: readonly ChangedFile[] | undefined;
  readonly problem: Error | null;
}

/** Compare the files of a project with its newest saved version. */
export function useSavedState({ id }: Pick<Project, 'id'>): SavedState {
  const { api } = useWove();
  const history = useQuery(versions(api, id, 'named', 1));
  const last = history.data?.items[0];
  const differing = useQuery({
    ...changes(api, id, last?.id ?? '', WORKING),
    enabled: last !== undefined
  });
  const changed = history.data && !last ? [] : differing.data;
  return { last, changed, problem: history.error ?? differing.error };
}
