/** Following a person: this tab shows what theirs does, until somebody touches it. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { createStore } from 'zustand/vanilla';

import { AtMost } from './at-most';
import type { Presence } from './model';
import type { Opened } from './opened';
import { reveal, showIn, showSpot } from './opening';
import { OwnMoves } from './own-moves';
import type { Holds, Person } from './people';
import { leadOf } from './people';
import type { Tab } from './tabs';
import type { View } from './view';

const PAUSE = 50; // milliseconds between two steps
const GRACE = 5000; // a page that is loaded again is back by then

export interface Followed {
  readonly leader: Person | null;
  /** What keeps from showing what they see; '' for nothing. */
  readonly note: string;
}

/** Goes where somebody else goes. */
export class Following {
  readonly store = createStore<Followed>(() => ({ leader: null, note: '' }));

  constructor(
    private readonly app: JupyterFrontEnd,
    private readonly presence: Presence,
    private readonly opened: Opened,
    private readonly trans: TranslationBundle
  ) {
    presence.store.subscribe(this.stepping.ask);
    opened.changed.connect(this.turned);
  }

  get isOn(): boolean {
    return this.leader !== null;
  }

  /** Show a person's document and cell once. */
  async goTo({ path, tab, name }: Person): Promise<void> {
    this.end();
    if (await reveal(this.app, this.opened, path)) {
      await showSpot(this.opened, tab);
    } else {
      Notification.warning(this.trans.__('You cannot open what %1 looks at.', name), {
        autoClose: 5000
      });
    }
  }

  /** Follow a person through these documents. */
  follow(leader: Person, holds: Holds): void {
    this.end();
    this.holds = holds;
    this.store.setState({ leader, note: '' });
    this.presence.say({ follows: leader.username });
    this.own.watch();
    this.stepping.ask();
  }

  /** Follow nobody any more. */
  stop(): void {
    const { leader } = this;
    if (leader) {
      this.end();
      Notification.info(this.trans.__('You do not follow %1 any more.', leader.name), {
        autoClose: 3000
      });
    }
  }

  private get leader(): Person | null {
    return this.store.getState().leader;
  }

  private end(): void {
    this.own.rest();
    clearTimeout(this.missing);
    this.missing = undefined;
    this.watch(null);
    this.shown = null;
    this.refused = null;
    this.store.setState({ leader: null, note: '' });
    this.presence.say({ follows: '' });
  }

  private async step(): Promise<void> {
    const { leader } = this;
    if (!leader) {
      return;
    }
    this.isBusy = true;
    try {
      const lead = leadOf(this.presence.store.getState().tabs, leader.username);
      await (lead ? this.goWith(leader, lead) : this.wait(leader));
    } finally {
      this.isBusy = false;
    }
  }

  private async goWith(leader: Person, { id, path }: Tab): Promise<void> {
    clearTimeout(this.missing);
    this.missing = undefined;
    if (path === null || !this.holds(path)) {
      this.note(this.trans.__('%1 looks at something outside of this project now.', leader.name));
      return;
    }
    const isThere = path !== this.refused && (await reveal(this.app, this.opened, path));
    if (this.leader !== leader) {
      return; // stopped meanwhile
    }
    if (isThere) {
      await this.showWith(path, id);
    } else {
      this.refused = path;
      this.note(this.trans.__('You cannot open what %1 looks at.', leader.name));
    }
  }

  private async showWith(path: string, tab: number): Promise<void> {
    const { current } = this.opened;
    this.shown = path;
    this.refused = null;
    this.note('');
    this.watch(current);
    if (current) {
      await showIn(current, tab);
    }
  }

  private wait({ name }: Person): Promise<void> {
    this.note(this.trans.__('Waiting for %1…', name));
    this.missing ??= setTimeout(() => {
      this.end();
      Notification.info(this.trans.__('%1 is not here any more; you follow nobody now.', name), {
        autoClose: 5000
      });
    }, GRACE);
    return Promise.resolve();
  }

  /** Hear of each move in the document that both look at. */
  private watch(view: View | null): void {
    if (view !== this.view) {
      this.view?.awareness.off('change', this.stepping.ask);
      view?.awareness.on('change', this.stepping.ask);
      this.view = view;
    }
  }

  /** The person turned to another document: by following, or by their own will. */
  private readonly turned = (): void => {
    const isOwnWill = !this.isBusy && this.shown !== null && this.opened.path !== this.shown;
    if (this.isOn && isOwnWill) {
      this.stop();
    } else {
      this.stepping.ask(); // what is being opened has become a view
    }
  };

  private note(note: string): void {
    if (this.isOn && this.store.getState().note !== note) {
      this.store.setState({ note });
    }
  }

  private readonly stepping = new AtMost(PAUSE, () => this.step());
  private readonly own = new OwnMoves(
    () => this.opened.current?.widget.node,
    () => this.stop()
  );
  private holds: Holds = () => false;
  private view: View | null = null;
  /** The document that following has opened, and the one that could not be. */
  private shown: string | null = null;
  private refused: string | null = null;
  private isBusy = false;
  private missing: ReturnType<typeof setTimeout> | undefined;
}
