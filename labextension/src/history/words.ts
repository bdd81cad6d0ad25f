/** How moments are spoken of. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Moment } from '../api/models';

type Nobody = Moment['others'][number];

/** What a moment is called: by its name, or by what was done until then. */
export function title(trans: TranslationBundle, moment: Moment): string {
  switch (moment.kind) {
    case 'version':
      return moment.name ?? versionTitle(trans, moment);
    case 'checkpoint':
      return moment.name ?? '';
    case 'start':
      return trans.__('The oldest that is kept');
    case 'edits':
      return who(trans, moment);
  }
}

/** What comes back with a moment: that which has a name, or the document of some time. */
export function meant(trans: TranslationBundle, moment: Moment): string {
  return moment.name === null
    ? trans.__('the document of %1', new Date(moment.at).toLocaleString())
    : trans.__('“%1”', moment.name);
}

/** Who worked on it, and what else did. */
export function who(trans: TranslationBundle, { people, others }: Moment): string {
  // A document begins with its file; who then worked on it is what people look for.
  const told = people.length ? others.filter(each => each !== 'file') : others;
  return [...people.map(({ name }) => name), ...told.map(each => nobody(trans, each))].join(', ');
}

function versionTitle(trans: TranslationBundle, { automatic, number }: Moment): string {
  if (automatic) {
    return trans.__('Automatic version');
  }
  return number === null ? trans.__('A git commit') : trans.__('Version %1', number);
}

function nobody(trans: TranslationBundle, which: Nobody): string {
  switch (which) {
    case 'file':
      return trans.__('Opened from its file');
    case 'disk':
      return trans.__('A change on disk');
    case 'server':
      return trans.__('A program on the server');
    case 'unknown':
      return trans.__('Somebody');
  }
}
