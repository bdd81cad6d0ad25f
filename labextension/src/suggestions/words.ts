/** Suggestions, in words. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Entry } from './model';

/** Who suggests what: "Ana suggests a new cell". */
export function sentence(trans: TranslationBundle, { suggestion, change }: Entry): string {
  const isOwn = suggestion.is_mine && suggestion.agent === '';
  return isOwn
    ? own(trans, change.difference.kind)
    : others(trans, change, nameOf(trans, suggestion));
}

/** Who suggests it; an agent of somebody else's is named with them. */
export function nameOf(
  trans: TranslationBundle,
  { agent, author, is_mine }: Entry['suggestion']
): string {
  return agent === '' ? author.name : is_mine ? agent : trans.__('%1 for %2', agent, author.name);
}

function own(trans: TranslationBundle, kind: Entry['change']['difference']['kind']): string {
  switch (kind) {
    case 'added':
      return trans.__('You suggest a new cell');
    case 'removed':
      return trans.__('You suggest to remove this cell');
    case 'moved':
      return trans.__('You suggest to move this cell');
    default:
      return trans.__('You suggest a change');
  }
}

function others(trans: TranslationBundle, { difference }: Entry['change'], name: string): string {
  switch (difference.kind) {
    case 'added':
      return trans.__('%1 suggests a new cell', name);
    case 'removed':
      return trans.__('%1 suggests to remove this cell', name);
    case 'moved':
      return trans.__('%1 suggests to move this cell', name);
    default:
      return trans.__('%1 suggests a change', name);
  }
}

/** How much of it is new, and how much goes: "+2 −1". */
export function amount({ change }: Entry): string {
  const lines = change.difference.source;
  const added = lines.filter(({ op }) => op === '+').length;
  const removed = lines.filter(({ op }) => op === '-').length;
  return [...(added ? [`+${added}`] : []), ...(removed ? [`−${removed}`] : [])].join(' ');
}
