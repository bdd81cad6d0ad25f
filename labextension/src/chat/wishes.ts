/** What somebody wants models to be shown of a notebook whatever it takes, and what not. */

export interface Wishes {
  readonly pinned: readonly string[];
  readonly dropped: readonly string[];
}

/** What becomes of a part: chosen by its rank, shown whatever it takes, or left out. */
export type Fate = 'chosen' | 'pinned' | 'dropped';

export const NO_WISHES: Wishes = { pinned: [], dropped: [] };

export function fateOf(wishes: Wishes, id: string): Fate {
  if (wishes.pinned.includes(id)) {
    return 'pinned';
  }
  return wishes.dropped.includes(id) ? 'dropped' : 'chosen';
}

/** The wishes with another fate for one part. */
export function wished(wishes: Wishes, id: string, fate: Fate): Wishes {
  const others = (ids: readonly string[]): string[] => ids.filter(each => each !== id);
  return {
    pinned: [...others(wishes.pinned), ...(fate === 'pinned' ? [id] : [])],
    dropped: [...others(wishes.dropped), ...(fate === 'dropped' ? [id] : [])]
  };
}
