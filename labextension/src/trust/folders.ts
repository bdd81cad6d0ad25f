/** Which files are whose. */

/** Whether a file lies in a folder; the root, '.', holds all. */
export function isIn(path: string, folder: string | undefined): boolean {
  return folder === '.' || (folder !== undefined && path.startsWith(`${folder}/`));
}
