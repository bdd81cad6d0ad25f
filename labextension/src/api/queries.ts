/** What the server knows, kept for the panels that show it. */
import { QueryClient } from '@tanstack/react-query';

import { ProblemError } from './problem';

const RETRIES = 2;

/** Make the cache that all panels share. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // A Jupyter server on this machine answers without a network, so never wait for one.
      queries: { networkMode: 'always', retry: mayHelp, staleTime: 5_000 },
      mutations: { networkMode: 'always' }
    }
  });
}

function mayHelp(failures: number, error: unknown): boolean {
  return failures < RETRIES && error instanceof ProblemError && error.passing;
}
