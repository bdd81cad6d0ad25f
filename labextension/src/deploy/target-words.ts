/** What places where apps can be served take, in words. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { DeployTarget } from '../api/models';
import type { Access, Kind } from './words';
import { kindWord, kindWords } from './words';

/** The name of the place that is there without any administrator: the runner of this server. */
export const LOCAL = 'local';

const SITES: readonly Kind[] = ['saved', 'executed', 'site', 'jupyterlite', 'sphinx'];
const SERVERLESS: readonly Kind[] = ['function', 'edge'];

/** Why an app of this kind, for these visitors, cannot be served at a place; '' where it can. */
export function problemAt(
  trans: TranslationBundle,
  target: DeployTarget,
  kind: Kind,
  access: Access
): string {
  if (target.problem) {
    return target.problem;
  }
  if (!target.kinds.includes(kind)) {
    return trans.__('Takes only %1.', listOf(trans, target.kinds));
  }
  return target.access.includes(access)
    ? ''
    : trans.__('Asks nobody who they are: choose visitors who need not sign in.');
}

/** What a place takes. */
export function takenAt(trans: TranslationBundle, { name, kinds }: DeployTarget): string {
  return name === LOCAL
    ? trans.__('Takes everything, for whomever you choose.')
    : trans.__('Takes %1, for everybody or those with the address.', listOf(trans, kinds));
}

/** Kinds in a few words: those that are taken together by one, others each by its own. */
function listOf(trans: TranslationBundle, kinds: readonly Kind[]): string {
  const all = Object.keys(kindWords(trans)) as Kind[];
  const groups: [string, readonly Kind[]][] = [
    [trans.__('web sites'), SITES],
    [trans.__('apps and APIs'), all.filter(kind => ![...SITES, ...SERVERLESS].includes(kind))],
    [trans.__('functions'), ['function']],
    [trans.__('edge workers'), ['edge']]
  ];
  return groups
    .flatMap(([words, group]) =>
      group.every(kind => kinds.includes(kind))
        ? [words]
        : group.filter(kind => kinds.includes(kind)).map(kind => kindWord(trans, kind))
    )
    .join(', ');
}
