/** Shows at the right edge of each cell how many threads are about it. */
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Discussion, Shown } from './model';

const COMMENTED = 'wove-mod-commented';

/** The bubbles of one notebook. */
export class Bubbles {
  constructor(
    private readonly panel: NotebookPanel,
    private readonly talk: Discussion,
    private readonly trans: TranslationBundle,
    private readonly open: (thread: string) => void
  ) {
    panel.disposed.connect(talk.store.subscribe(this.soon));
    panel.content.modelContentChanged.connect(this.soon);
    this.soon();
  }

  /** JupyterLab makes the widgets of cells a moment after their models. */
  private readonly soon = (): void => {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(this.update);
  };

  private readonly update = (): void => {
    if (this.panel.isDisposed) {
      return;
    }
    const wanted = byCell(this.talk.store.getState().shown);
    for (const { model, node } of this.panel.content.widgets) {
      const threads = wanted.get(model.id);
      const bubble = node.querySelector<HTMLButtonElement>(':scope > .wove-Bubble');
      node.classList.toggle(COMMENTED, threads !== undefined);
      if (threads) {
        this.fill(bubble ?? this.made(node), threads);
      } else {
        bubble?.remove();
      }
    }
  };

  private made(node: HTMLElement): HTMLButtonElement {
    const bubble = document.createElement('button');
    bubble.type = 'button';
    bubble.className = 'wove-Bubble';
    node.append(bubble);
    return bubble;
  }

  private fill(bubble: HTMLButtonElement, threads: readonly Shown[]): void {
    const said = this.trans._n('%1 comment thread', '%1 comment threads', threads.length);
    bubble.textContent = String(threads.length);
    bubble.title = said;
    bubble.setAttribute('aria-label', said);
    bubble.onclick = event => {
      event.stopPropagation();
      this.open(threads[0]?.thread.id ?? '');
    };
  }

  private frame = 0;
}

/** Open threads by the cell that they are about. */
export function byCell(shown: readonly Shown[]): Map<string, Shown[]> {
  const found = new Map<string, Shown[]>();
  for (const each of shown) {
    const { cell, sure } = each.found;
    if (cell !== null && sure !== 'outdated' && each.thread.resolved === null) {
      found.set(cell, [...(found.get(cell) ?? []), each]);
    }
  }
  return found;
}
