/** The comments of all open documents, and of the one that the user looks at. */
import { Signal } from '@lumino/signaling';
import { createStore } from 'zustand/vanilla';

import type { RoomProvider } from '../offline/provider';
import type { Rooms } from '../offline/rooms';
import type { Discussion } from './model';

/** The comments of all open documents. */
export class Discussions {
  constructor(private readonly rooms: Rooms) {
    rooms.current.subscribe(({ room }) => this.look(room));
  }

  /** Something changed in one of them. */
  readonly changed = new Signal<this, Discussion>(this);

  readonly current = createStore<{ talk: Discussion | null }>(() => ({ talk: null }));

  add(talk: Discussion): void {
    this.talks.set(talk.room, talk);
    talk.store.subscribe(() => this.changed.emit(talk));
    this.look(this.rooms.current.getState().room);
  }

  private look(room: RoomProvider | null): void {
    const talk = (room && this.talks.get(room)) ?? null;
    this.current.setState({ talk });
  }

  private readonly talks = new WeakMap<RoomProvider, Discussion>();
}
