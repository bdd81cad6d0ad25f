/** Changes and versions, to be varied by tests. */
import type { CellChange, Version } from '../../src/api/models';

export function cell(part: Partial<CellChange>): CellChange {
  return {
    kind: 'changed',
    moved: false,
    cell_type: 'code',
    old_cell_type: 'code',
    old_index: 0,
    new_index: 0,
    source: [],
    outputs_changed: false,
    old_outputs: null,
    new_outputs: null,
    metadata_changed: false,
    ...part
  };
}

export function version(part: Partial<Version>): Version {
  return {
    id: 'v',
    name: null,
    number: null,
    message: '',
    author: null,
    at: '2026-01-01T00:00:00Z',
    automatic: false,
    published: false,
    ...part
  };
}
