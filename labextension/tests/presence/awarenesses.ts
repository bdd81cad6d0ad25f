/** Awareness of several tabs that hear each other at once, as by a server. */
import type { User } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { Doc } from 'yjs';

interface Changed {
  readonly added: number[];
  readonly updated: number[];
  readonly removed: number[];
}

/** The tabs of a server; what one says of itself, all hear. */
export class Server {
  /** How many messages were sent. */
  sent = 0;

  join(): Awareness {
    const awareness = new Awareness(new Doc());
    awareness.setLocalState({}); // a state that was never set is not passed on
    this.tabs.push(awareness);
    awareness.on('update', (changed: Changed, origin: unknown) => {
      if (origin === 'local') {
        this.pass(awareness, [...changed.added, ...changed.updated, ...changed.removed]);
      }
    });
    this.tabs.forEach(each => this.pass(each, [each.clientID]));
    this.sent = 0;
    return awareness;
  }

  close(): void {
    this.tabs.forEach(each => each.destroy());
  }

  private pass(from: Awareness, clients: number[]): void {
    this.sent++;
    const update = encodeAwarenessUpdate(from, clients);
    for (const each of this.tabs) {
      if (each !== from) {
        applyAwarenessUpdate(each, update, 'server');
      }
    }
  }

  private readonly tabs: Awareness[] = [];
}

/** A person who has signed in. */
export function signedIn(username: string): User.IManager {
  const identity = { username, display_name: username[0]?.toUpperCase() + username.slice(1) };
  const userChanged = new Signal<object, User.IUser>({});
  return { identity, userChanged, ready: Promise.resolve() } as unknown as User.IManager;
}
