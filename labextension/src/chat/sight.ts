/** Where somebody is, for the model that they ask. */
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import { Signal, type ISignal } from '@lumino/signaling';

import { NO_WISHES, wished, type Fate, type Wishes } from './wishes';

/** A notebook, by its path below Jupyter's root, and one of its cells. */
export interface Focus {
  readonly notebook: string;
  readonly cell: string | null;
}

/** How much agents do without asking: suggest changes, make them, or only look. */
export type Mode = 'ask' | 'accept' | 'plan';

/** What goes along with each question. */
export type Told = Partial<Focus> & Partial<Wishes> & { readonly mode: Mode };

export class Sight {
  constructor(
    private readonly contents: Contents.IManager,
    private readonly notebooks: INotebookTracker
  ) {
    notebooks.currentChanged.connect(this._look);
    notebooks.activeCellChanged.connect(this._look);
  }

  /** Where the person is, or was last; null where they have no notebook open. */
  get focus(): Focus | null {
    const path = this.notebooks.currentWidget?.context.path;
    if (path === undefined || this.contents.driveName(path) !== '') {
      return null;
    }
    const cell = this.notebooks.activeCell?.model.id ?? null;
    return { notebook: this.contents.localPath(path), cell };
  }

  /** The number of the cell in its notebook, as people count. */
  get number(): number | null {
    const at = this.notebooks.currentWidget?.content.activeCellIndex ?? -1;
    return at < 0 ? null : at + 1;
  }

  /** What is told to models: where the person is, unless they left it out, and the mode. */
  get told(): Told {
    return {
      ...(this._isOn && this.focus && { ...this.focus, ...this.wishes }),
      mode: this._mode
    };
  }

  /** What is wanted shown or left out of the notebook where the person is. */
  get wishes(): Wishes {
    return this._wishes.get(this.focus?.notebook ?? '') ?? NO_WISHES;
  }

  wish(id: string, fate: Fate): void {
    this._wishes.set(this.focus?.notebook ?? '', wished(this.wishes, id, fate));
    this._changed.emit();
  }

  get mode(): Mode {
    return this._mode;
  }

  set mode(mode: Mode) {
    this._mode = mode;
    this._changed.emit();
  }

  get isOn(): boolean {
    return this._isOn;
  }

  set isOn(isOn: boolean) {
    this._isOn = isOn;
    this._changed.emit();
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  private readonly _look = (): void => this._changed.emit();
  private readonly _changed = new Signal<this, void>(this);
  private readonly _wishes = new Map<string, Wishes>();
  private _isOn = true;
  private _mode: Mode = 'ask';
}
