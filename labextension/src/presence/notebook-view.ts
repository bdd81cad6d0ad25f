/** What can be followed of a notebook: its cells. */
import type { Notebook, NotebookPanel } from '@jupyterlab/notebook';
import type { Awareness } from 'y-protocols/awareness';

import type { Place, Spot } from './tabs';
import type { View } from './view';
import { settle } from './view';

type Cell = Notebook['widgets'][number];

export class NotebookView implements View {
  constructor(readonly widget: NotebookPanel) {}

  get awareness(): Awareness {
    return this.widget.context.model.sharedModel.awareness;
  }

  get cell(): string | null {
    return this.notebook.activeCell?.model.id ?? null;
  }

  get place(): Place | null {
    const { top } = this.area.getBoundingClientRect();
    for (const { node, model } of this.attached()) {
      const box = node.getBoundingClientRect();
      if (box.bottom > top) {
        return { at: model.id, part: box.height ? Math.max(0, (top - box.top) / box.height) : 0 };
      }
    }
    return null;
  }

  /** The widget of a cell; undefined where there is none of that id. */
  cellOf(id: string): Cell | undefined {
    return this.notebook.widgets.find(({ model }) => model.id === id);
  }

  numberOf(cell: string): number | undefined {
    const at = this.indexOf(cell);
    return at < 0 ? undefined : at + 1;
  }

  async show({ cell, place }: Spot): Promise<void> {
    const active = cell === null ? -1 : this.indexOf(cell);
    if (active >= 0 && active !== this.notebook.activeCellIndex) {
      this.notebook.mode = 'command'; // or the editor of the cell would take the focus
      this.notebook.deselectAll();
      this.notebook.activeCellIndex = active;
    }
    if (typeof place?.at === 'string') {
      await this.scrollTo(place.at, place.part);
    } else if (active >= 0) {
      await this.bring(active, 'smart');
    }
  }

  onMove(moved: () => void): () => void {
    const { notebook, area } = this;
    notebook.activeCellChanged.connect(moved);
    area.addEventListener('scroll', moved, { passive: true });
    return () => {
      notebook.activeCellChanged.disconnect(moved);
      area.removeEventListener('scroll', moved);
    };
  }

  private async scrollTo(id: string, part: number): Promise<void> {
    const at = this.indexOf(id);
    const cell = this.notebook.widgets[at];
    if (!cell) {
      return;
    }
    if (!cell.node.isConnected) {
      await this.bring(at, 'start');
    }
    await settle(this.area, () => this.offset(cell, part));
  }

  /** How far the view is from showing so much of a cell at its top; null where that is unknown. */
  private offset({ node }: Cell, part: number): number | null {
    const box = node.getBoundingClientRect();
    const by = box.top + part * box.height - this.area.getBoundingClientRect().top;
    return node.isConnected ? by : null;
  }

  /** Scroll to a cell, unless the notebook is asked for another meanwhile. */
  private bring(at: number, align: 'start' | 'smart'): Promise<void> {
    return this.notebook.scrollToItem(at, align).catch(() => undefined);
  }

  private *attached(): Iterable<Cell> {
    for (const cell of this.notebook.widgets) {
      if (cell.node.isConnected) {
        yield cell;
      }
    }
  }

  private indexOf(id: string): number {
    return this.notebook.widgets.findIndex(({ model }) => model.id === id);
  }

  private get notebook(): Notebook {
    return this.widget.content;
  }

  private get area(): HTMLElement {
    return this.notebook.outerNode;
  }
}
