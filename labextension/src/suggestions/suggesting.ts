/** Suggesting: the user edits a copy of the document, which others see as suggestions. */
import { createStore } from 'zustand/vanilla';

import { ProblemError } from '../api/problem';
import type { RoomProvider } from '../offline/provider';
import { confirm, notifyProblem } from '../ui';
import type { Desk } from './desk';
import * as queries from './queries';

/** Milliseconds between two looks at what others do, and at what to tell them. */
const EVERY = 2000;
/** Milliseconds to wait, at most, until all that was typed is on the server. */
const PATIENCE = 5000;
const PAUSE = 50;

interface Told {
  /** How many changes others can decide on. */
  readonly changes: number;
  /** Whether the user can go on with it no more. */
  readonly isOver: boolean;
}

/** Show a copy of a document in its place, to suggest changes in it. */
export async function begin(desk: Desk, room: RoomProvider): Promise<void> {
  await sent(room);
  const { path } = room.options;
  const suggestion = await queries.begin(desk.wove.api, path);
  desk.rooms.sides.show(path, suggestion.room);
  desk.documents.reopen(room);
}

/** A document in which the user suggests changes. */
export class Suggesting {
  constructor(
    private readonly desk: Desk,
    private readonly room: RoomProvider
  ) {
    this.id = (room.options.side ?? '').split(':').pop() ?? '';
    const timer = setInterval(this.sync, EVERY);
    room.options.model.disposed.connect(() => clearInterval(timer));
    void room.ready.then(this.sync).catch(() => undefined);
  }

  /** Whether it has cells, which can be run. */
  get isBook(): boolean {
    return this.room.options.contentType === 'notebook';
  }

  readonly told = createStore<Told>(() => ({ changes: 0, isOver: false }));

  /** Leave what is suggested to others, and show the document again. */
  async done(): Promise<void> {
    const { api, trans } = this.desk.wove;
    try {
      await this.finish();
      const { changes, isOver } = this.told.getState();
      if (changes === 0 && !isOver) {
        await queries.withdraw(api, this.id);
      }
      this.leave();
    } catch (error) {
      notifyProblem(trans, trans.__('The document cannot be shown yet.'), error);
    }
  }

  /** Ask, then forget what is suggested. */
  async askToDiscard(): Promise<void> {
    const { api, trans } = this.desk.wove;
    const agreed = await confirm(trans, {
      title: trans.__('Discard what you suggest?'),
      body: trans.__('The document stays as it is. What you suggested is not shown to anybody.'),
      accept: trans.__('Discard'),
      danger: true
    });
    if (!agreed) {
      return;
    }
    try {
      await queries.withdraw(api, this.id);
      this.leave();
    } catch (error) {
      notifyProblem(trans, trans.__('Nothing was discarded.'), error);
    }
  }

  /** Have all of it on the server, and know what it is: rejects where that cannot be. */
  private async finish(): Promise<void> {
    if (!this.told.getState().isOver) {
      await sent(this.room);
      await this.syncing;
      await this.look();
    }
  }

  /** Look now and then, unless it is being done or the server is away. */
  private readonly sync = (): void => {
    if (this.room.safety.getState().isOnline) {
      this.syncing ??= this.look()
        .catch(() => undefined) // it is tried again
        .finally(() => {
          this.syncing = null;
        });
    }
  };

  private async look(): Promise<void> {
    try {
      const { changes, is_open } = await queries.sync(this.desk.wove.api, this.id);
      this.told.setState({ changes: changes.length, isOver: !is_open });
      this.clean();
    } catch (error) {
      const { status } = ProblemError.of(error);
      if (status !== 403 && status !== 404) {
        throw error;
      }
      this.told.setState({ isOver: true });
    }
  }

  /** All of it is kept, and there is no file to write. */
  private clean(): void {
    for (const { context } of this.desk.documents.of(this.room)) {
      if (context.model.dirty) {
        context.model.dirty = false;
      }
    }
  }

  private leave(): void {
    this.desk.rooms.sides.show(this.room.options.path, undefined);
    this.desk.documents.reopen(this.room);
  }

  private readonly id: string;
  private syncing: Promise<void> | null = null;
}

/** Wait until all that was typed is on the server. Rejects where it does not get there. */
async function sent(room: RoomProvider): Promise<void> {
  for (let waited = 0; room.safety.getState().unsent > 0; waited += PAUSE) {
    if (waited > PATIENCE) {
      throw new Error('What you typed is not on the server yet. Try again when it is.');
    }
    await new Promise(resolve => setTimeout(resolve, PAUSE));
  }
}
