/** Whether a file holds what an open document shows. */
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { Contents } from '@jupyterlab/services';

interface WrittenCell {
  readonly source?: string | readonly string[];
  readonly outputs?: readonly unknown[];
}

/** Compare what is written with what is shown: sources in full, outputs by their number. */
export async function isOnDisk(
  { path, model }: Pick<DocumentRegistry.Context, 'path' | 'model'>,
  contents: Pick<Contents.IManager, 'get'>
): Promise<boolean> {
  const shown: unknown = model.toJSON();
  const notebook = cells(shown) !== null;
  const type = notebook ? 'notebook' : 'file';
  const written: unknown = (await contents.get(path, { content: true, type })).content;
  return notebook ? gist(written) === gist(shown) : written === model.toString();
}

function gist(notebook: unknown): string | null {
  const said = cells(notebook)?.map(({ source = '', outputs = [] }) => [
    typeof source === 'string' ? source : source.join(''),
    outputs.length
  ]);
  return said ? JSON.stringify(said) : null;
}

function cells(document: unknown): readonly WrittenCell[] | null {
  return document !== null && typeof document === 'object' && 'cells' in document
    ? (document.cells as readonly WrittenCell[])
    : null;
}
