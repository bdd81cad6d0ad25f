/** Who is on this server, as their tabs say, and what this tab says of its own person. */
import type { User } from '@jupyterlab/services';
import type { Awareness } from 'y-protocols/awareness';
import { createStore } from 'zustand/vanilla';

import { followersOf } from './people';
import type { Said, Tab } from './tabs';
import { FIELD, readTab } from './tabs';

export interface Present {
  readonly me: string;
  readonly tabs: readonly Tab[];
}

/** Listens to the tabs of all people, and speaks for this one. */
export class Presence {
  readonly store = createStore<Present>(() => ({ me: '', tabs: [] }));

  constructor(
    private readonly awareness: Awareness,
    private readonly user: User.IManager
  ) {
    awareness.on('change', this.listen);
    user.userChanged.connect(this.listen);
    void user.ready.then(this.listen);
  }

  /** The number of this tab. */
  get id(): number {
    return this.awareness.clientID;
  }

  /** Whether somebody else follows the person of this tab. */
  get isFollowed(): boolean {
    const { tabs, me } = this.store.getState();
    return followersOf(tabs, me).length > 0;
  }

  /** Tell something about this tab, if it is news. */
  say(news: Partial<Said>): void {
    const said = { ...this.said, ...news };
    if (JSON.stringify(said) !== JSON.stringify(this.said)) {
      this.said = said;
      this.awareness.setLocalStateField(FIELD, said);
    }
  }

  private readonly listen = (): void => {
    const states = [...this.awareness.getStates()];
    const tabs = states.flatMap(([id, state]) => readTab(id, state) ?? []);
    this.store.setState({ me: this.user.identity?.username ?? '', tabs });
  };

  private said: Said = { path: null, seen: Date.now(), isAway: false, follows: '' };
}
