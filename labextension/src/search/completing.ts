/** How what somebody types may go on, and which of it they choose. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { RefObject } from 'react';
import { useLayoutEffect, useState } from 'react';

import { unwrap } from '../api/client';
import { useWove } from '../ui';
import type { Asked, Completion } from './asked';
import { useLate } from './model';

/** Milliseconds without a new letter after which completions are asked for. */
const REST = 80;

/** What a box knows of its completions. */
export interface Completing {
  readonly items: readonly Completion[];
  /** Which one is chosen, from 0; -1 while none is. */
  readonly active: number;
  readonly choose: (active: number) => void;
  readonly take: (item: Completion) => void;
  readonly type: (words: string, caret: number) => void;
  /** Tell that the caret was moved. */
  readonly move: (caret: number) => void;
  readonly close: () => void;
}

/** Offer completions from the first letter typed until one is taken, or none is wanted. */
export function useCompleting(
  field: RefObject<HTMLInputElement>,
  words: string,
  onWords: (words: string) => void,
  isOffered: (item: Completion) => boolean
): Completing {
  const [caret, move] = useState(words.length);
  const [isOpen, setOpen] = useState(false);
  const [active, choose] = useState(-1);
  const place = useCaret(field, words);
  const found = useCompletions(words, caret, isOpen);
  const open = (wanted: boolean): void => {
    setOpen(wanted);
    choose(-1);
  };
  const take = (item: Completion): void => {
    const [next, at] = taken(item);
    onWords(next);
    move(at);
    place(at);
    open(item.kind === 'qualifier');
  };
  const type = (next: string, at: number): void => {
    onWords(next);
    move(at);
    open(next !== '');
  };
  const items = isOpen ? found.filter(isOffered) : [];
  return { items, active, choose, take, type, move, close: () => open(false) };
}

/** The qualifiers that the search in code knows. */
const OF_CODE = ['lang:', 'user:', 'path:'];

/** Tell whether a completion is of use there: a pattern has none, code no words of titles. */
export function fits({ where, regex }: Pick<Asked, 'where' | 'regex'>, item: Completion): boolean {
  return where !== 'code' || (!regex && (item.kind === 'value' || OF_CODE.includes(item.text)));
}

/** The words with a completion taken, and where the caret is then, ready for what comes next. */
export function taken({ kind, q, at }: Completion): [string, number] {
  const caret = unitsOf(q, at);
  const goesOn = kind !== 'qualifier' && caret === q.length;
  return goesOn ? [`${q} `, caret + 1] : [q, caret];
}

/** Where a caret is, counted in characters as the server does, not in halves of them. */
export function charactersOf(text: string, caret: number): number {
  return Array.from(text.slice(0, caret)).length;
}

function unitsOf(text: string, characters: number): number {
  return Array.from(text).slice(0, characters).join('').length;
}

/** Put the caret somewhere once the field has its new words. */
function useCaret(field: RefObject<HTMLInputElement>, words: string): (at: number) => void {
  const [wanted, want] = useState<number | null>(null);
  useLayoutEffect(() => {
    if (wanted !== null) {
      field.current?.setSelectionRange(wanted, wanted);
      want(null);
    }
  }, [field, wanted, words]);
  return want;
}

function useCompletions(words: string, caret: number, wanted: boolean): readonly Completion[] {
  const { api } = useWove();
  const now = charactersOf(words, caret);
  const [q, at] = [useLate(words, REST), useLate(now, REST)];
  const rests = q === words && at === now;
  const { data, isPlaceholderData } = useQuery({
    queryKey: ['completions', q, at],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/wove/api/search/completions', { params: { query: { q, at } }, signal })),
    enabled: wanted && rests && q !== '',
    placeholderData: keepPreviousData
  });
  return fitting(data?.items ?? [], words, isPlaceholderData || !rests);
}

/** Those that change something, and of an answer to what was typed before, those that still fit. */
export function fitting(
  items: readonly Completion[],
  words: string,
  isLate: boolean
): readonly Completion[] {
  const typed = words.toLowerCase();
  return items.filter(({ q }) => q !== words && (!isLate || q.toLowerCase().startsWith(typed)));
}
