/** What qualifiers narrow to, and where words are found, in words. */
import { useTrans } from '../ui';
import type { Asked, Where, Why } from './asked';

/** What each qualifier asks for. */
export function useMeanings(): Record<string, string> {
  const trans = useTrans();
  return {
    'lang:': trans.__('a language'),
    'user:': trans.__('who made it'),
    'tag:': trans.__('a tag'),
    'tech:': trans.__('a part of the stack'),
    'level:': trans.__('a skill level'),
    'uses:': trans.__('a function or library'),
    'dataset:': trans.__('the data it reads'),
    'output:': trans.__('what a cell printed'),
    'path:': trans.__('where a file is'),
    'has:': trans.__('a plot, table, error…'),
    'verified:': trans.__('when it last ran'),
    'stars:': trans.__('how many stars'),
    'remixes:': trans.__('how many remixes')
  };
}

/** Among what can be looked, in the order in which it is offered. */
export function usePlaces(): Record<Where, string> {
  const trans = useTrans();
  return {
    all: trans.__('All'),
    projects: trans.__('Projects'),
    cells: trans.__('Cells'),
    files: trans.__('Files'),
    code: trans.__('Code'),
    prompts: trans.__('Prompts'),
    people: trans.__('People')
  };
}

/** Say why something was found, in half a sentence. */
export function useReasons(): (why: Why) => string {
  const trans = useTrans();
  const fields: Record<Why['fields'][number], string> = {
    title: trans.__('title'),
    tags: trans.__('tags'),
    owner: trans.__('owner'),
    description: trans.__('description'),
    markdown: trans.__('text'),
    source: trans.__('code'),
    output: trans.__('output'),
    folder: trans.__('path'),
    pieces: trans.__('parts of names')
  };
  return ({ fields: found, likes, stars, meant }) => {
    const places = found.map(field => fields[field]).join(', ');
    return [
      places && trans.__('Found in: %1', places),
      meant && trans.__('means much the same'),
      likes.length && trans.__('you like %1', likes.join(', ')),
      stars && trans._n('%1 star', '%1 stars', stars)
    ]
      .filter(Boolean)
      .join(' · ');
  };
}

type Example = readonly [words: string, meaning: string];

/** What can be typed, by example. */
export function useExamples(where: Asked['where']): readonly Example[] {
  const trans = useTrans();
  if (where === 'code') {
    return [
      ['train test split', trans.__('all three, best in one name')],
      ['"for x in"', trans.__('this text with its spaces')],
      ['/fit_\\w+\\(X/', trans.__('lines like this pattern')],
      ['read_csv lang:python -path:test', trans.__('in Python, not in tests')]
    ];
  }
  return [
    ['"mean temperature" -matlab', trans.__('in this order; without that')],
    ['uses:pandas.read_csv', trans.__('calls of it, however imported')],
    ['has:plot lang:python', trans.__('plots drawn by Python')],
    ['tag:ocean stars:>10', trans.__('about it, and liked by many')]
  ];
}
