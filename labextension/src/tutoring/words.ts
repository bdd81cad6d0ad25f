/** How it is said what a tutor may tell, and until when. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { TutorBinding, TutorPolicy } from '../api/models';

export type HintLevel = TutorBinding['level'];

export const LEVELS: readonly HintLevel[] = [0, 1, 2];

const A_WEEK = 7;

/** What is in the fields. */
export interface Wanted {
  readonly level: HintLevel;
  /** In the time of this place. */
  readonly until: string;
  readonly routes: string;
}

/** What the fields begin with: what is set, else hints until the end of the day in a week. */
export function wantedOf(policy: TutorPolicy | null, now: Date): Wanted {
  if (policy && new Date(policy.until) > now) {
    const { level, until, routes } = policy;
    return { level, until: fieldOf(new Date(until)), routes: routes.join(', ') };
  }
  const due = new Date(now);
  due.setDate(due.getDate() + A_WEEK);
  due.setHours(23, 59, 0, 0);
  return { level: 1, until: fieldOf(due), routes: '' };
}

/** What learners get, for the teacher who chooses it. */
export function levelWord(trans: TranslationBundle, level: HintLevel): string {
  switch (level) {
    case 0:
      return trans.__('Questions only, and no code');
    case 1:
      return trans.__('Hints, with at most 3 lines of code');
    case 2:
      return trans.__('Everything, but nothing is changed or run for them');
  }
}

/** What holds, for the learner. */
export function bindingSentence(
  trans: TranslationBundle,
  { level, until }: Pick<TutorBinding, 'level' | 'until'>
): string {
  const day = dayOf(until);
  switch (level) {
    case 0:
      return trans.__('The tutor asks questions and writes no code until %1', day);
    case 1:
      return trans.__('The tutor gives hints until %1', day);
    case 2:
      return trans.__('The tutor explains, and changes nothing, until %1', day);
  }
}

/** The day of a moment, where people live; with the year where it is another one. */
export function dayOf(iso: string, now = new Date()): string {
  const moment = new Date(iso);
  const isThisYear = moment.getFullYear() === now.getFullYear();
  return moment.toLocaleDateString(undefined, {
    day: 'numeric',
    month: 'long',
    ...(!isThisYear && { year: 'numeric' })
  });
}

/** A day and a time, where people live. */
export function momentOf(iso: string): string {
  return new Date(iso).toLocaleString(undefined, { dateStyle: 'long', timeStyle: 'short' });
}

/** A moment as a field for dates wants it, in the time of this place. */
export function fieldOf(moment: Date): string {
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** The names in a list with commas. */
export function namesOf(text: string): string[] {
  return [...new Set(text.split(',').map(name => name.trim()))].filter(Boolean);
}
