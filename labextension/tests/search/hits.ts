/** Hits, as the server sends them. */
import type { Hit } from '../../src/api/models';
import type { Answer } from '../../src/search/asked';

/** A project that was found, whose id is its title. */
export function hit(title: string, part: Partial<Hit> = {}): Hit {
  const owner = { handle: 'ada', name: 'Ada' };
  return {
    kind: 'project',
    project: { id: title, owner, slug: title, title },
    prompt: null,
    person: null,
    path: null,
    cell: null,
    cell_id: null,
    title: [{ text: title, hit: true }],
    snippet: [],
    remixes: 0,
    why: { fields: ['title'], words: [title], likes: [], stars: 0, meant: false },
    ...part
  };
}

/** A page of an answer. */
export function answer(hits: Hit[], part: Partial<Answer> = {}): Answer {
  return { items: hits, next: null, meant: null, facets: [], ...part };
}
