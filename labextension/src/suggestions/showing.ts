/** Shows suggestions where documents are open: at cells, above texts, above the user's own copy. */
import { MainAreaWidget } from '@jupyterlab/apputils';
import { NotebookPanel } from '@jupyterlab/notebook';
import type { Widget } from '@lumino/widgets';

import type { Shown } from '../offline/documents';
import type { RoomProvider } from '../offline/provider';
import { WovePanel } from '../ui/widget';
import type { Desk } from './desk';
import { Marks } from './marks';
import type { Entry, Review } from './model';
import { Suggesting } from './suggesting';

/** Milliseconds between two looks for widgets. */
const PAUSE = 100;

/** Show in the widgets of a document what belongs there. */
export async function show(desk: Desk, room: RoomProvider): Promise<void> {
  const isCopy = room.options.side !== undefined;
  const review = isCopy ? null : desk.reviews.follow(room);
  await room.ready;
  const shown = await widgetsOf(desk, room);
  const suggesting = isCopy ? new Suggesting(desk, room) : null;
  if (suggesting) {
    desk.copies.set(room, suggesting);
  }
  for (const { widget, context } of shown) {
    await context.ready;
    if (suggesting) {
      header(desk, widget, () => import('./band'), { suggesting });
    } else if (review) {
      mark(desk, review, widget);
    }
  }
}

/** JupyterLab may open the document some time before it shows it. */
async function widgetsOf({ documents }: Desk, room: RoomProvider): Promise<Shown[]> {
  while (!room.isDisposed) {
    const shown = documents.of(room);
    if (shown.length > 0) {
      return shown;
    }
    await new Promise(resolve => setTimeout(resolve, PAUSE));
  }
  return [];
}

function mark(desk: Desk, review: Review, widget: Widget): void {
  if (widget instanceof NotebookPanel) {
    new Marks(desk.wove, review, widget);
    return;
  }
  const shown = header(desk, widget, () => import('./notice'), { review });
  const update = (): void => shown?.setHidden(review.seen.getState().entries.length === 0);
  widget.disposed.connect(review.seen.subscribe(update));
  update();
}

function header<P extends object>(
  { wove }: Desk,
  widget: Widget,
  load: ConstructorParameters<typeof WovePanel<P>>[1],
  props: P
): WovePanel<P> | null {
  if (!(widget instanceof MainAreaWidget)) {
    return null;
  }
  const shown = new WovePanel(wove, load, props);
  shown.addClass('wove-Header');
  widget.contentHeader.addWidget(shown);
  return shown;
}

/** The cells of the document that the user looks at, in order; none of a text. */
export function cellsOf(desk: Desk, review: Review): string[] {
  return books(desk, review).flatMap(({ content }) =>
    content.widgets.map(({ model }) => model.id)
  );
}

/** Go to an entry. */
export function go(desk: Desk, review: Review, entry: Entry, place: string): void {
  for (const { content } of books(desk, review)) {
    const at = content.widgets.findIndex(({ model }) => model.id === place);
    const cell = content.widgets[at];
    if (cell) {
      content.activeCellIndex = at;
      void content.scrollToCell(cell).then(() => review.choose(entry.key));
    }
  }
  review.choose('');
}

function books(desk: Desk, review: Review): NotebookPanel[] {
  return desk.documents
    .of(review.room)
    .flatMap(({ widget }) => (widget instanceof NotebookPanel ? [widget] : []))
    .slice(0, 1);
}
