/** How projects and versions are spoken of. */
import { URLExt } from '@jupyterlab/coreutils';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Project, ProjectRef, Role, Version } from '../api/models';

const RANKS: readonly Role[] = ['viewer', 'commenter', 'editor', 'owner'];

/** Whether one's role in a project is at least this one. */
export function may({ role }: Pick<Project, 'role'>, needed: Role): boolean {
  return role !== null && RANKS.indexOf(role) >= RANKS.indexOf(needed);
}

export function roleWord(trans: TranslationBundle, role: Role): string {
  switch (role) {
    case 'viewer':
      return trans.__('Viewer');
    case 'commenter':
      return trans.__('Commenter');
    case 'editor':
      return trans.__('Editor');
    case 'owner':
      return trans.__('Owner');
  }
}

/** What a version is called: by its name, its number, or the beginning of its id. */
export function versionName(trans: TranslationBundle, version: Version): string {
  if (version.name !== null) {
    return version.name;
  }
  return version.number === null ? version.id.slice(0, 7) : trans.__('version %1', version.number);
}

/** How far the files are from the newest version that somebody saved. */
export function savedState(
  trans: TranslationBundle,
  last: Version | undefined,
  changed: number
): string {
  if (!last) {
    return trans.__('No version saved yet');
  }
  const name = versionName(trans, last);
  return changed === 0
    ? trans.__('All saved in %1', name)
    : trans._n('%1 file changed since %2', '%1 files changed since %2', changed, name);
}

/** The address of a project's web page, which needs no JupyterLab, on the server at `base`. */
export function pageAddress(
  base: string,
  { owner, slug }: Pick<ProjectRef, 'owner' | 'slug'>
): string {
  const path = `wove/@${encodeURIComponent(owner.handle)}/${encodeURIComponent(slug)}`;
  return URLExt.join(base, path);
}
