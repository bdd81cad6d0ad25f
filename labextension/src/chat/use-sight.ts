/** Draws again whenever somebody looks elsewhere. */
import { useCallback, useSyncExternalStore } from 'react';

import type { Sight } from './sight';

/** What `look` says of a sight; it must give the same value until something has changed. */
export function useSight<T>(sight: Sight, look: () => T): T {
  const subscribe = useCallback(
    (tell: () => void) => {
      sight.changed.connect(tell);
      return () => void sight.changed.disconnect(tell);
    },
    [sight]
  );
  return useSyncExternalStore(subscribe, look);
}
