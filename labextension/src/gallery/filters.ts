/** What the panel *Explore* looks for; commands may change it while the panel shows it. */
import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';

import type { Level, Order } from '../api/models';
import type { Asked } from '../search/asked';
import { NOTHING } from '../search/asked';

export interface Filters extends Asked {
  readonly order: Order;
  /** Empty for every tag. */
  readonly tag: string;
  /** Empty for every level. */
  readonly level: Level | '';
  /** How often the user asked for the panel; each time, the cursor goes into its box. */
  readonly asked: number;
}

export type FiltersStore = StoreApi<Filters>;

export const ALL: Filters = { ...NOTHING, order: 'trending', tag: '', level: '', asked: 0 };

/** Begin without any filter. */
export function createFilters(): FiltersStore {
  return createStore<Filters>(() => ALL);
}
