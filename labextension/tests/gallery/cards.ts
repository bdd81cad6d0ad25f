/** Cards, as the server sends them. */
import type { Card } from '../../src/api/models';

/** A card of a project with this title, which is its id too. */
export function card(title: string, starred = false): Card {
  const at = '2026-01-01T00:00:00Z';
  return {
    project: {
      id: title,
      owner: { handle: 'ada', name: 'Ada' },
      slug: title.toLowerCase(),
      title,
      description: 'About water.',
      tags: ['water'],
      stack: ['python'],
      licence: '',
      level: 'beginner',
      visibility: 'public',
      folder: null,
      role: null,
      published_version: 'v1',
      published: at,
      origin: null,
      created: at,
      updated: at,
      deleted: null,
      revision: 1
    },
    stars: 3,
    starred,
    remixes: 0,
    app: null
  };
}
