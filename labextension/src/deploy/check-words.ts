/** How checks that a project runs are spoken of. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { ProjectCheck } from '../api/models';
import type { Tone } from './words';

/** What was found out, in a sentence with its day, and the colour of its dot. */
export function checkWords(
  trans: TranslationBundle,
  { state, books, created, ended }: ProjectCheck
): [string, Tone] {
  const day = dayOf(ended ?? created);
  const failed = books.filter(({ outcome }) => outcome === 'failed').length;
  switch (state) {
    case 'clean':
      return [trans.__('Ran without error on %1', day), 'good'];
    case 'failed':
      return [
        failed > 0
          ? trans._n('%1 notebook failed on %2', '%1 notebooks failed on %2', failed, day)
          : trans.__('Could not be run on %1', day),
        'bad'
      ];
    case 'running':
      return [trans.__('Its notebooks are being run'), 'busy'];
    case 'stopped':
      return [trans.__('The last check was stopped on %1', day), 'rest'];
  }
}

/** A day as people here write it, such as "30 Nov 2026". */
export function dayOf(iso: string): string {
  return new Date(iso).toLocaleDateString(undefined, {
    day: 'numeric',
    month: 'short',
    year: 'numeric'
  });
}

/** The beginning of the name of a version, by which people tell it from others. */
export function short(version: string): string {
  return version.slice(0, 8);
}
