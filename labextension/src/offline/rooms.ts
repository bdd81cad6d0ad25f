/** The open documents of this page, each with its connection. */
import { Signal } from '@lumino/signaling';
import { createStore } from 'zustand/vanilla';

import type { RoomProvider } from './provider';
import type { Sides } from './sides';

/** Knows the connection of each open document, and of which one the user looks at. */
export class Rooms {
  constructor(
    /** The copies that are shown in the place of documents. */
    readonly sides: Sides
  ) {}

  readonly current = createStore<{ room: RoomProvider | null }>(() => ({ room: null }));

  /** A document is being opened. */
  readonly added = new Signal<this, RoomProvider>(this);

  /** The open documents. */
  get all(): readonly RoomProvider[] {
    return [...this.rooms];
  }

  add(room: RoomProvider): void {
    this.rooms.add(room);
    room.options.model.disposed.connect(() => this.rooms.delete(room));
    this.look(this.model);
    this.added.emit(room);
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
