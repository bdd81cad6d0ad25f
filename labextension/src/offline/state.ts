/** How safe what is typed is, for each open document. */
import { createStore, type StoreApi } from 'zustand/vanilla';

import type { Role } from './messages';

export interface Safety {
  readonly isOnline: boolean;
  /** Changes that only this browser has. */
  readonly unsent: number;
  /** Whether this browser would still have them after the tab is closed. */
  readonly isKept: boolean;
  /** What the person may do; null where the server does not say. */
  readonly role: Role | null;
  /** Whether the server lets the person in no more. */
  readonly isRefused: boolean;
}

export const UNKNOWN: Safety = {
  isOnline: false,
  unsent: 0,
  isKept: false,
  role: null,
  isRefused: false
};

export type Word =
  | 'refused'
  | 'reading'
  | 'suggesting'
  | 'connecting'
  | 'online'
  | 'stored'
  | 'storing'
  | 'offline'
  | 'kept'
  | 'only-here';

/** Say in a word how safe it is. */
export function wordFor(safety: Safety, wasOnline: boolean): Word {
  if (safety.isRefused) {
    return 'refused';
  }
  if (!safety.isOnline && !wasOnline) {
    return 'connecting';
  }
  if (safety.isOnline && safety.role === null) {
    return 'online';
  }
  if (safety.isOnline && safety.role === 'viewer') {
    return 'reading';
  }
  if (safety.isOnline && safety.role === 'commenter') {
    return 'suggesting';
  }
  if (safety.isOnline) {
    return safety.unsent > 0 ? 'storing' : 'stored';
  }
  if (safety.unsent === 0) {
    return 'offline';
  }
  return safety.isKept ? 'kept' : 'only-here';
}

export type SafetyStore = StoreApi<Safety & { wasOnline: boolean }>;

/** One document that is open, and what is known of it. */
export function createSafety(): SafetyStore {
  return createStore(() => ({ ...UNKNOWN, wasOnline: false }));
}
