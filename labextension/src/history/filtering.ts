/** Which moments of a timeline are shown. */
import type { Moment } from '../api/models';

export interface Wanted {
  readonly kind: Moment['kind'] | null;
  /** The handle of a person; null for everybody. */
  readonly person: string | null;
  /** Whether to show versions that nobody saved. */
  readonly automatic: boolean;
}

export const ALL: Wanted = { kind: null, person: null, automatic: false };

/** Whether a moment is one of those. */
export function suits({ kind, people }: Moment, wanted: Wanted): boolean {
  const isTheirs = wanted.person === null || people.some(({ handle }) => handle === wanted.person);
  return (wanted.kind === null || wanted.kind === kind) && isTheirs;
}

/** Everybody in a timeline once, by name. */
export function peopleIn(moments: readonly Moment[]): Moment['people'] {
  const people = new Map(moments.flatMap(each => each.people.map(one => [one.handle, one])));
  return [...people.values()].sort((one, other) => one.name.localeCompare(other.name));
}
