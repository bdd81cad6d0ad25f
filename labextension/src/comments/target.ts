/** What the user could comment on: the words they selected, the cell they are in, or all of it. */
import type { CodeEditor } from '@jupyterlab/codeeditor';
import { NotebookPanel } from '@jupyterlab/notebook';
import type { Widget } from '@lumino/widgets';

import type { Quote } from '../api/models';
import { quoteOf } from './anchors';
import type { Target } from './model';

/** Find it in the widget of a document. */
export function targetIn(widget: Widget): Target {
  if (widget instanceof NotebookPanel) {
    const { activeCell } = widget.content;
    return { cell: activeCell?.model.id ?? null, quote: selected(activeCell?.editor) };
  }
  const { content } = widget as Widget & { content?: { editor?: CodeEditor.IEditor } };
  return { cell: null, quote: selected(content?.editor) };
}

function selected(editor: CodeEditor.IEditor | null | undefined): Quote | null {
  if (!editor) {
    return null;
  }
  const { start, end } = editor.getSelection();
  const [from, to] = [editor.getOffsetAt(start), editor.getOffsetAt(end)].sort((a, b) => a - b);
  if (from === undefined || to === undefined || from === to) {
    return null;
  }
  const text = editor.model.sharedModel.getSource();
  return text.slice(from, to).trim() === '' ? null : quoteOf(text, from, to);
}
