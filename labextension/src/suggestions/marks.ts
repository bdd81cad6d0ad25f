/** Puts below each cell what people suggest for it, and follows the cells. */
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { PanelLayout } from '@lumino/widgets';

import type { IWove } from '../tokens';
import { WovePanel } from '../ui/widget';
import type { BarProps } from './bar';
import type { Review } from './model';
import { byCell } from './model';

type Bar = WovePanel<BarProps>;
type Cell = NotebookPanel['content']['widgets'][number];

/** The bars of one notebook. */
export class Marks {
  constructor(
    private readonly wove: IWove,
    private readonly review: Review,
    private readonly panel: NotebookPanel
  ) {
    const stop = review.seen.subscribe(this.update);
    panel.disposed.connect(stop);
    panel.content.modelContentChanged.connect(this.soon);
    this.update();
  }

  /** Have a bar at each cell for which something is suggested, and at no other one. */
  private readonly update = (): void => {
    if (this.panel.isDisposed) {
      return;
    }
    const wanted = byCell(this.review.seen.getState().entries, this.ids());
    const cells = new Map(this.panel.content.widgets.map(cell => [cell.model.id, cell]));
    for (const [id, bar] of this.bars) {
      if (!wanted.has(id) || bar.isDisposed || bar.parent !== cells.get(id)) {
        bar.dispose();
        this.bars.delete(id);
      }
    }
    for (const id of wanted.keys()) {
      const cell = cells.get(id);
      if (cell && !this.bars.has(id)) {
        void cell.ready.then(() => this.mark(id, cell));
      }
    }
  };

  private mark(id: string, cell: Cell): void {
    const wanted = byCell(this.review.seen.getState().entries, this.ids()).has(id);
    if (!wanted || this.bars.has(id) || cell.isDisposed) {
      return;
    }
    const props: BarProps = { review: this.review, cell: id, cells: () => this.ids() };
    const bar: Bar = new WovePanel(this.wove, () => import('./bar'), props);
    bar.addClass('wove-SuggestionBar');
    (cell.layout as PanelLayout).addWidget(bar);
    this.bars.set(id, bar);
  }

  /** JupyterLab makes the widgets of cells a moment after their models. */
  private readonly soon = (): void => {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(this.update);
  };

  private ids(): string[] {
    return this.panel.content.widgets.map(({ model }) => model.id);
  }

  private readonly bars = new Map<string, Bar>();
  private frame = 0;
}
