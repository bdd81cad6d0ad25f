/** An answer while it is written. */
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import React, { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';

import { Drawing } from './drawing';
import { follow, type Streams } from './streams';

interface GrowingProps {
  readonly streams: Streams;
  readonly id: string;
  readonly rendermime: IRenderMimeRegistry;
}

/** Shows what there is of an answer, and nothing where there is none of it. */
export function Growing({ streams, id, rendermime }: GrowingProps): JSX.Element | null {
  const subscribe = useCallback((tell: () => void) => follow(streams, id, tell), [streams, id]);
  const text = useSyncExternalStore(subscribe, () => streams.get(id)?.toJSON() ?? '');
  const host = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing | null>(null);
  const isThere = text !== '';
  useEffect(() => {
    if (!isThere || !host.current) {
      return;
    }
    const begun = (drawing.current = new Drawing(rendermime, host.current));
    return () => begun.dispose();
  }, [isThere, rendermime]);
  useEffect(() => drawing.current?.show(text), [isThere, text]);
  return isThere ? <div className="wove-Growing" ref={host} aria-busy="true" /> : null;
}
