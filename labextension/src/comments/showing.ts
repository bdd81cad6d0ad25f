/** Shows comments where documents are open: bubbles at cells, marks in texts. */
import { NotebookPanel } from '@jupyterlab/notebook';
import type { Widget } from '@lumino/widgets';

import type { RoomProvider } from '../offline/provider';
import type { Desk } from './desk';
import { Bubbles } from './bubbles';
import type { Marked } from './highlights';
import { Line } from './line';
import type { Shown } from './model';
import { Discussion } from './model';
import { cellsOf } from './places';
import { ask } from './sending';

/** Follow the comments of a document, and show them in its widgets. */
export async function show(desk: Desk, room: RoomProvider): Promise<void> {
  await room.ready;
  const talk = new Discussion(room, {
    ask: path => ask(desk.wove.api, path),
    listen: name => new Line(desk.app.serviceManager.serverSettings, name),
    pathOf: () => pathOf(desk, room)
  });
  desk.discussions.add(talk);
  talk.store.subscribe(() => mark(desk, talk));
  await new Promise(requestAnimationFrame);
  for (const { widget, context } of desk.documents.of(room)) {
    await context.ready;
    if (widget instanceof NotebookPanel) {
      new Bubbles(widget, talk, desk.wove.trans, thread => desk.open(talk, thread));
    }
  }
}

/** Go to what a thread is about. */
export function go(desk: Desk, talk: Discussion, { found, range }: Shown): void {
  const widget = widgetOf(desk, talk);
  if (widget instanceof NotebookPanel) {
    const { content } = widget;
    const at = content.widgets.findIndex(({ model }) => model.id === found.cell);
    const cell = content.widgets[at];
    if (cell) {
      content.activeCellIndex = at;
      void content.scrollToCell(cell);
    }
  } else if (range) {
    const { editor } = (widget as { content?: { editor?: Editor } } | undefined)?.content ?? {};
    const position = editor?.getPositionAt(range.start);
    if (editor && position) {
      editor.setCursorPosition(position);
      editor.revealPosition(position);
    }
  }
}

interface Editor {
  getPositionAt(offset: number): { line: number; column: number } | undefined;
  setCursorPosition(position: { line: number; column: number }): void;
  revealPosition(position: { line: number; column: number }): void;
}

/** The widget in which the user sees a document. */
export function widgetOf({ documents, app }: Desk, { room }: Discussion): Widget | undefined {
  const widgets = documents.of(room).map(({ widget }) => widget);
  return widgets.find(widget => widget === app.shell.currentWidget) ?? widgets[0];
}

/** Where the file is now, for it may have been renamed. */
function pathOf({ app, documents }: Desk, room: RoomProvider): string {
  const path = documents.of(room)[0]?.context.path ?? room.options.path;
  return app.serviceManager.contents.localPath(path);
}

function mark({ highlights }: Desk, talk: Discussion): void {
  const { model } = talk.room.options;
  const { shown, chosen } = talk.store.getState();
  for (const source of cellsOf(model) ?? [model]) {
    const id = source === model ? null : (source as { id: string }).id;
    highlights.set(source, marked(shown, id, chosen));
  }
}

function marked(shown: readonly Shown[], cell: string | null, chosen: string): Marked[] {
  return shown.flatMap(({ thread, found, range }) =>
    range && found.cell === cell && thread.resolved === null
      ? [{ thread: thread.id, ...range, isChosen: thread.id === chosen }]
      : []
  );
}
