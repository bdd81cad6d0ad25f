/** Who may only read sees so: nothing that they type would be taken. */
import type { IDocumentWidget } from '@jupyterlab/docregistry';
import type { Widget } from '@lumino/widgets';

import type { Documents } from './documents';
import type { RoomProvider } from './provider';

interface Editor {
  setOption(name: 'readOnly', value: boolean): void;
}

interface Book {
  editorConfig: Record<'code' | 'markdown' | 'raw', Record<string, unknown>>;
}

/** Have the widgets of a document follow what its user may do. */
export function followRole(room: RoomProvider, documents: Documents): void {
  const apply = (): void => {
    const readOnly = isReading(room);
    for (const { widget, context } of documents.of(room)) {
      context.model.readOnly = readOnly;
      setReadOnly(widget, readOnly);
    }
  };
  guard(room);
  room.safety.subscribe((now, before) => {
    if (now.role !== before.role) {
      apply();
    }
  });
  void room.ready.then(() => requestAnimationFrame(apply)).catch(() => undefined);
}

function isReading({ safety }: RoomProvider): boolean {
  const { role } = safety.getState();
  return role === 'viewer' || role === 'commenter';
}

/** Let no command add, move or delete cells for who may only read: JupyterLab asks nobody. */
function guard(room: RoomProvider): void {
  const { model } = room.options;
  const transact = model.transact.bind(model);
  model.transact = (change, undoable = true, origin: unknown = null) => {
    if (!undoable || !isReading(room)) {
      transact(change, undoable, origin);
    }
  };
}

function setReadOnly(widget: Widget, readOnly: boolean): void {
  const { content } = widget as IDocumentWidget;
  if (hasEditor(content)) {
    content.editor.setOption('readOnly', readOnly);
  } else if (isBook(content)) {
    const { code, markdown, raw } = content.editorConfig;
    content.editorConfig = {
      code: { ...code, readOnly },
      markdown: { ...markdown, readOnly },
      raw: { ...raw, readOnly }
    };
  }
}

function hasEditor(content: object): content is { editor: Editor } {
  return 'editor' in content;
}

function isBook(content: object): content is Book {
  return 'editorConfig' in content;
}
