/** Changes that show at once and are taken back if the server refuses them. */
import type { QueryKey, UseMutationResult } from '@tanstack/react-query';
import { hashKey, useMutation, useQueryClient } from '@tanstack/react-query';

import { useTrans } from './context';
import { notifyProblem } from './dialogs';

export interface Optimistic<T, Change> {
  /** Where the cache keeps what changes. */
  readonly queryKey: QueryKey;
  /** Ask the server to make the change. */
  readonly send: (change: Change) => Promise<unknown>;
  /** What the user sees meanwhile. */
  readonly apply: (before: T, change: Change) => T;
  /** What to say if the server refuses, such as "The star was not saved." */
  readonly refusal: string;
}

/** Apply changes to a cached answer before the server has, one after the other. */
export function useOptimistic<T, Change>(
  options: Optimistic<T, Change>
): UseMutationResult<unknown, Error, Change, T | undefined> {
  const { queryKey } = options;
  const queries = useQueryClient();
  const trans = useTrans();
  return useMutation({
    mutationKey: queryKey,
    scope: { id: hashKey(queryKey) },
    mutationFn: options.send,
    onMutate: async change => {
      await queries.cancelQueries({ queryKey });
      const before = queries.getQueryData<T>(queryKey);
      if (before !== undefined) {
        queries.setQueryData(queryKey, options.apply(before, change));
      }
      return before;
    },
    onError: (error, _change, before) => {
      queries.setQueryData(queryKey, before);
      notifyProblem(trans, options.refusal, error);
    },
    onSettled: async () => {
      // The last of several changes asks the server; an earlier one would undo the later ones.
      if (queries.isMutating({ mutationKey: queryKey }) === 1) {
        await queries.invalidateQueries({ queryKey });
      }
    }
  });
}
