/** Marks the cells that others are in. */
import type { TranslationBundle } from '@jupyterlab/translation';

import { initials } from '../ui/person';
import type { Presence } from './model';
import { NotebookView } from './notebook-view';
import type { InCell, Spots } from './spots';
import type { Tab } from './tabs';

const MARK = 'wove-CellMark';

/** Draws beside a cell who is in it, in their colour. */
export class Marks {
  constructor(
    private readonly presence: Presence,
    private readonly spots: Spots,
    private readonly trans: TranslationBundle
  ) {
    presence.store.subscribe(this.draw);
    spots.store.subscribe(this.draw);
    this.draw();
  }

  private readonly draw = (): void => {
    const { me, tabs } = this.presence.store.getState();
    const left = new Map(this.drawn);
    for (const spot of this.spots.store.getState().all) {
      const tab = tabs.find(({ id }) => id === spot.tab);
      if (tab && tab.username !== me) {
        left.delete(this.mark(spot, tab));
      }
    }
    for (const [key, node] of left) {
      node.remove();
      this.drawn.delete(key);
    }
  };

  /** Have the mark of a person in its cell; a cell that was moved is another node. */
  private mark({ view, cell }: InCell, tab: Tab): string {
    const key = `${view.widget.id} ${tab.id} ${cell}`;
    const beside = view instanceof NotebookView ? view.cellOf(cell) : undefined;
    const node = this.drawn.get(key) ?? this.picture(tab);
    if (beside && !beside.node.contains(node)) {
      beside.node.append(node);
      this.drawn.set(key, node);
    }
    return key;
  }

  private picture({ name, colour }: Tab): HTMLElement {
    const node = document.createElement('div');
    const said = this.trans.__('%1 is in this cell', name);
    node.className = MARK;
    node.title = said;
    node.setAttribute('role', 'img');
    node.setAttribute('aria-label', said);
    node.style.setProperty('--wove-person', colour);
    const sign = document.createElement('span');
    sign.textContent = initials(name);
    node.append(sign);
    return node;
  }

  private readonly drawn = new Map<string, HTMLElement>();
}
