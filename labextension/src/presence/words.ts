/** Who is here, in words. */
import type { TranslationBundle } from '@jupyterlab/translation';

/** A path as people of a project say it: without the project's folder. */
export function shortPath(path: string, folder: string | null): string {
  return folder && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
}

/** The document of a person and, where it is known, their cell. */
export function whereabouts(trans: TranslationBundle, path: string, cell?: number): string {
  return cell === undefined ? path : trans.__('%1, cell %2', path, cell);
}
