/** Who is where the person looks: in the same project, or else in the same document. */
import { useMemo } from 'react';
import { useStore } from 'zustand';

import { lies } from '../projects/documents';
import type { Workplace } from '../projects/workplace';
import type { Presence } from './model';
import type { Holds, Person } from './people';
import { followersOf, peopleIn } from './people';

/** The documents of a project; without one, the document that is looked at. */
export function around(folder: string | null | undefined, path: string | null): Holds {
  return folder === null || folder === undefined
    ? other => other === path
    : other => lies(other, folder);
}

/** The people in some documents, drawn anew when they change. */
export function usePeople(presence: Presence, holds: Holds): Person[] {
  const { me, tabs } = useStore(presence.store);
  return useMemo(() => peopleIn(tabs, me, holds), [me, tabs, holds]);
}

/** The documents that belong to where the person looks. */
export function useAround(place: Workplace): Holds {
  const path = useStore(place.sight, sight => sight.path);
  const folder = useStore(place.sight, sight => sight.project?.folder);
  return useMemo(() => around(folder, path), [folder, path]);
}

/** The names of those who follow the person of this tab. */
export function useFollowers(presence: Presence): string[] {
  const { me, tabs } = useStore(presence.store);
  return useMemo(() => followersOf(tabs, me), [me, tabs]);
}
