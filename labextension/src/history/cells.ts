/** A comparison of notebooks, as it is shown: runs of cells that stayed are folded. */
import type { CellChange, NotebookDiff } from '../api/models';

/** A cell that changed, or how many did not. */
export type Shown = { readonly cell: CellChange } | { readonly same: number };

/** Fold the cells that stayed as they were. */
export function fold(cells: readonly CellChange[]): Shown[] {
  const shown: Shown[] = [];
  for (const cell of cells) {
    const last = shown[shown.length - 1];
    if (cell.kind !== 'same') {
      shown.push({ cell });
    } else if (last && 'same' in last) {
      shown[shown.length - 1] = { same: last.same + 1 };
    } else {
      shown.push({ same: 1 });
    }
  }
  return shown;
}

export type Counts = Readonly<Record<Exclude<CellChange['kind'], 'same'>, number>>;

/** How many cells were added, removed, changed, moved. */
export function count({ cells }: NotebookDiff): Counts {
  const counts = { added: 0, removed: 0, changed: 0, moved: 0 };
  for (const { kind } of cells) {
    if (kind !== 'same') {
      counts[kind]++;
    }
  }
  return counts;
}
