/** The open documents of this page, each with its connection. */
import { createStore } from 'zustand/vanilla';

import type { RoomProvider } from './provider';

/** Knows the connection of each open document, and of which one the user looks at. */
export class Rooms {
  readonly current = createStore<{ room: RoomProvider | null }>(() => ({ room: null }));

  add(room: RoomProvider): void {
    this.rooms.add(room);
    room.options.model.disposed.connect(() => this.rooms.delete(room));
    this.look(this.model);
  }

  /** The user looks at the document with this model, or at none. */
  look(model: unknown): void {
    this.model = model;
    const room = [...this.rooms].find(each => each.options.model === model) ?? null;
    this.current.setState({ room });
  }

  private readonly rooms = new Set<RoomProvider>();
  private model: unknown = null;
}
