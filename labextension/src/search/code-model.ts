/** Asks the server for lines of code. */
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { useEffect } from 'react';

import type { Api } from '../api/client';
import { unwrap } from '../api/client';
import { useWove } from '../ui';
import type { Asked, FileHit, FilePage, Snippet } from './asked';

const AT_A_TIME = 20;
/** Pages that are asked for by themselves, of a second each at most. */
const MOST_ROUNDS = 12;

export type CodeQuestion = Pick<Asked, 'words' | 'where' | 'regex' | 'capitals'>;

/** All files so far, and what the pages said of them. */
export interface CodeResults {
  readonly files: readonly FileHit[];
  readonly approximate: boolean;
  readonly suggestions: readonly string[];
  /** Whether the rest of a page is looked for without anybody asking. */
  readonly goesOn: boolean;
  /** How many pages there were so far. */
  readonly pages: number;
}

/** Ask for a page of files with lines that match. */
export function findCode(
  api: Api,
  { words, regex, capitals }: CodeQuestion,
  after: string | null,
  signal: AbortSignal
): Promise<FilePage> {
  const query = {
    q: words,
    limit: AT_A_TIME,
    ...(regex && { regex }),
    ...(capitals && { case: capitals }),
    ...(after !== null && { after })
  };
  return unwrap(api.GET('/wove/api/search/code', { params: { query }, signal }));
}

/**
 * Files with lines that match, page by page. The first page comes soon, with what was found by then;
 * what it still has room for is looked for while it is shown.
 */
export function useCode(question: CodeQuestion): UseInfiniteQueryResult<CodeResults> {
  const { api } = useWove();
  const { words, where, regex, capitals } = question;
  const results = useInfiniteQuery({
    queryKey: ['search', 'code', words, regex, capitals],
    queryFn: ({ pageParam, signal }) => findCode(api, question, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    select: joined,
    enabled: words !== '' && where === 'code',
    placeholderData: keepPreviousData
  });
  const { data, fetchNextPage, isFetching, isError, isPlaceholderData } = results;
  const isDue = data?.goesOn && !isFetching && !isError && !isPlaceholderData;
  // A page may come before React has drawn that it was asked for: then only their number tells.
  const due = isDue ? data.pages : 0;
  useEffect(() => {
    if (due) {
      void fetchNextPage();
    }
  }, [due, fetchNextPage]);
  return results;
}

function joined({ pages }: InfiniteData<FilePage>): CodeResults {
  const last = pages[pages.length - 1];
  return {
    files: pages.flatMap(page => page.items),
    approximate: last?.approximate ?? false,
    suggestions: pages[0]?.suggestions ?? [],
    goesOn: goesOn(pages),
    pages: pages.length
  };
}

/** Whether the last pages have room for more, and only time was missing. */
export function goesOn(pages: readonly FilePage[]): boolean {
  const full = pages.map(page => !page.approximate || page.next === null).lastIndexOf(true);
  const rounds = pages.slice(full + 1);
  const found = rounds.reduce((sum, page) => sum + page.items.length, 0);
  return rounds.length > 0 && rounds.length < MOST_ROUNDS && found < AT_A_TIME;
}

/** What to tell the command that opens a line; lines of what a cell shows have no place in it. */
export function wayToLine(file: FileHit, snippet: Snippet, at: number): ReadonlyPartialJSONObject {
  const { cell, cell_id: cellId, section } = snippet;
  const line = section === 'output' ? null : snippet.line + at - 1;
  return { projectId: file.project.id, path: file.path, cell, cellId, line };
}
