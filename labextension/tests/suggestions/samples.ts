/** What the server says of suggestions. */
import type { SuggestedChange, Suggestion } from '../../src/api/models';

type Kind = SuggestedChange['difference']['kind'];

export function change(
  cell: string,
  kind: Kind = 'changed',
  after: string | null = null
): SuggestedChange {
  const source: SuggestedChange['difference']['source'] = [
    { op: '-', text: `old ${cell}`, count: 1 },
    { op: '+', text: `new ${cell}`, count: 1 },
    { op: '+', text: 'and more', count: 1 }
  ];
  return {
    cell,
    revision: `revision of ${cell}`,
    after,
    difference: {
      kind,
      moved: kind === 'moved',
      cell_type: 'code',
      old_cell_type: 'code',
      old_index: 3,
      new_index: 0,
      source: kind === 'moved' ? [] : source,
      outputs_changed: false,
      old_outputs: null,
      new_outputs: null,
      metadata_changed: false
    }
  };
}

export function suggestion(...changes: SuggestedChange[]): Suggestion {
  return {
    id: 's1',
    path: 'notes.md',
    room: 'wove:suggestion:f1:s1',
    author: { handle: 'bob', name: 'Bob' },
    agent: '',
    is_mine: false,
    may_accept: true,
    is_open: true,
    note: '',
    created: '2026-11-23T09:00:00Z',
    changes
  };
}
