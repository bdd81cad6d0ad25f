/** What somebody has typed, and the cells above. */
import type { CompletionHandler } from '@jupyterlab/completer';
import type { Notebook } from '@jupyterlab/notebook';

/** Characters of one cell, and cells; what is chosen of them is for the server to say. */
const LONGEST = 20_000;
const MOST = 60;

export interface Typed {
  readonly before: string;
  readonly behind: string;
  readonly above: string[];
  readonly language: string;
}

/** What a model is told of the place; null where nothing has been typed. */
export function typedIn(
  { text, offset, mimeType }: CompletionHandler.IRequest,
  book: Notebook | null
): Typed | null {
  const before = text.slice(0, offset);
  if (before.trim() === '') {
    return null;
  }
  return {
    before: before.slice(-LONGEST),
    behind: text.slice(offset, offset + LONGEST),
    above: book ? above(book) : [],
    language: languageOf(mimeType)
  };
}

function above({ widgets, activeCellIndex }: Notebook): string[] {
  return widgets
    .slice(0, activeCellIndex)
    .filter(cell => cell.model.type === 'code')
    .slice(-MOST)
    .map(cell => cell.model.sharedModel.getSource().slice(0, LONGEST));
}

/** `text/x-ipython` is Python; of others the name is in their type. */
export function languageOf(mimeType = ''): string {
  const name = mimeType.split('/').pop()?.replace(/^x-/, '') ?? '';
  if (name === 'ipythongfm' || name === 'markdown') {
    return 'markdown';
  }
  return /^i?python/.test(name) ? 'python' : name || 'text';
}
