/** Walk from change to change with the keys n and p, over the ends of files too. */
import type { RefObject } from 'react';
import { useCallback, useEffect, useRef, useState } from 'react';

const CHANGES = '[data-wove-change]';
const FIELDS = 'input, select, textarea';

interface Walk {
  readonly path: string | undefined;
  readonly choose: (path: string) => void;
  /** Where the changes of the chosen file are drawn. */
  readonly body: RefObject<HTMLDivElement>;
  readonly step: (by: 1 | -1) => void;
}

/** Walk through the changes of files. */
export function useWalk(paths: readonly string[], first: string | undefined): Walk {
  const [chosen, choose] = useState(first);
  const path = chosen !== undefined && paths.includes(chosen) ? chosen : paths[0];
  const body = useRef<HTMLDivElement>(null);
  const arriving = useArrival(body, path);
  const step = useCallback(
    (by: 1 | -1) => {
      const all = [...(body.current?.querySelectorAll<HTMLElement>(CHANGES) ?? [])];
      const to = next(all.indexOf(document.activeElement as HTMLElement), all.length, by);
      const neighbour = paths[paths.indexOf(path ?? '') + by];
      if (to !== undefined) {
        reach(all[to]);
      } else if (neighbour !== undefined) {
        arriving.current = by;
        choose(neighbour);
      }
    },
    [paths, path, arriving]
  );
  useKeys(body, step);
  return { path, choose, body, step };
}

/** The place after `at`, which is -1 before the first step; none past the ends. */
export function next(at: number, length: number, by: 1 | -1): number | undefined {
  const to = at === -1 ? (by === 1 ? 0 : length - 1) : at + by;
  return to >= 0 && to < length ? to : undefined;
}

/** Listen in the whole panel, which has the focus when it opens. */
function useKeys(body: RefObject<HTMLElement>, step: (by: 1 | -1) => void): void {
  useEffect(() => {
    const panel = body.current?.closest<HTMLElement>('.wove-Widget');
    const onKeyDown = (event: KeyboardEvent): void => {
      const by = direction(event);
      if (by) {
        event.preventDefault();
        step(by);
      }
    };
    panel?.addEventListener('keydown', onKeyDown);
    return () => panel?.removeEventListener('keydown', onKeyDown);
  }, [body, step]);
}

/** The way that a key leads; none while somebody writes or means a shortcut. */
function direction({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): 1 | -1 | undefined {
  const writing = target instanceof Element && target.matches(FIELDS);
  const ways: Record<string, 1 | -1> = { n: 1, p: -1 };
  return writing || ctrlKey || metaKey || altKey ? undefined : ways[key];
}

/** Once another file has been drawn, reach its first change, or its last when going back. */
function useArrival(
  body: RefObject<HTMLDivElement>,
  path: string | undefined
): { current: 1 | -1 | 0 } {
  const arriving = useRef<1 | -1 | 0>(0);
  useEffect(() => {
    const arrive = (): void => {
      const all = body.current?.querySelectorAll<HTMLElement>(CHANGES);
      if (arriving.current && all?.length) {
        reach(all[arriving.current === 1 ? 0 : all.length - 1]);
        arriving.current = 0;
      }
    };
    arrive();
    const watcher = new MutationObserver(arrive);
    if (body.current) {
      watcher.observe(body.current, { childList: true, subtree: true });
    }
    return () => watcher.disconnect();
  }, [body, path]);
  return arriving;
}

function reach(change: HTMLElement | undefined): void {
  change?.focus();
  change?.scrollIntoView({ block: 'nearest' });
}
