/** The comments of one document, where each belongs, and what the user does with them. */
import { createStore } from 'zustand/vanilla';

import type { Discussion as Answer, Quote, Role, Thread } from '../api/models';
import type { RoomProvider } from '../offline/provider';
import type { Line } from './line';
import type { Place } from './places';
import { cellsOf, contentOf, Places } from './places';

/** Milliseconds without a key after which places are looked up anew. */
const REST = 200;

export interface Shown extends Place {
  readonly thread: Thread;
}

/** What a thread that is being written is about: a cell, words, or the whole document. */
export interface Target {
  readonly cell: string | null;
  readonly quote: Quote | null;
}

export interface Talked {
  /** In the order of the document; what is outdated comes last. */
  readonly shown: readonly Shown[];
  readonly isOnline: boolean;
  readonly role: Role | null;
  readonly problem: unknown;
  /** What the user wants to begin a thread about. */
  readonly target: Target | null;
  /** The thread that the user is at; '' for none. */
  readonly chosen: string;
}

export interface Ways {
  /** Ask for the comments of a file. */
  readonly ask: (path: string) => Promise<Answer>;
  readonly listen: (room: string) => Line;
  readonly pathOf: (room: RoomProvider) => string;
}

/** The comments of one document. */
export class Discussion {
  constructor(
    readonly room: RoomProvider,
    private readonly ways: Ways
  ) {
    const { model } = room.options;
    this.places = new Places(model);
    model.changed.connect(this.soon);
    model.disposed.connect(() => this.dispose());
    void this.open();
  }

  readonly store = createStore<Talked>(() => ({
    shown: [],
    isOnline: false,
    role: null,
    problem: null,
    target: null,
    chosen: ''
  }));

  get path(): string {
    return this.ways.pathOf(this.room);
  }

  /** Ask for the room of the comments, and listen to it. */
  async open(): Promise<void> {
    try {
      await this.room.ready;
      const { room, role } = await this.ways.ask(this.path);
      if (!this.room.isDisposed) {
        this.line = this.ways.listen(room);
        this.store.setState({ role, problem: null });
        this.stop = this.line.heard.subscribe(this.hear);
        this.hear();
      }
    } catch (problem) {
      this.store.setState({ problem });
    }
  }

  choose(chosen: string): void {
    this.store.setState({ chosen });
  }

  begin(target: Target | null): void {
    this.store.setState({ target, ...(target && { chosen: '' }) });
  }

  private dispose(): void {
    clearTimeout(this.timer);
    this.stop();
    this.line?.close();
  }

  private readonly soon = (): void => {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.hear, REST);
  };

  private readonly hear = (): void => {
    if (!this.line || this.room.isDisposed) {
      return;
    }
    const { threads, isOnline, role } = this.line.heard.getState();
    const { model } = this.room.options;
    const places = this.places.find(threads);
    const shown = threads.map(thread => ({ thread, ...(places.get(thread.id) as Place) }));
    const cells = cellsOf(model)?.map(({ id }) => id) ?? [];
    const sorted = ordered(shown, cells);
    const before = this.store.getState().shown;
    this.store.setState({
      shown: isSame(sorted, before) ? before : sorted,
      isOnline,
      ...(role && { role })
    });
  };

  /** What the document says now. */
  get content(): ReturnType<typeof contentOf> {
    return contentOf(this.room.options.model);
  }

  private readonly places: Places;
  private line: Line | null = null;
  private stop: () => void = () => undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
}

/** Whether what is shown, and where, is as it was: then nothing has to be drawn anew. */
function isSame(one: readonly Shown[], other: readonly Shown[]): boolean {
  const places = (all: readonly Shown[]): string =>
    JSON.stringify(all.map(({ found, range }) => [found, range]));
  return (
    one.length === other.length &&
    one.every(({ thread }, at) => thread === other[at]?.thread) &&
    places(one) === places(other)
  );
}

/** Put threads in the order of the document: first what is about all of it, last the outdated. */
export function ordered(shown: readonly Shown[], cells: readonly string[]): Shown[] {
  const rank = ({ found, range }: Shown): number[] => [
    found.sure === 'outdated' ? 1 : 0,
    found.cell === null ? -1 : cells.indexOf(found.cell),
    range?.start ?? -1
  ];
  const compare = (one: number[], other: number[]): number => {
    const at = one.findIndex((value, place) => value !== other[place]);
    return at === -1 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
  };
  return [...shown].sort((one, other) => compare(rank(one), rank(other)));
}

export type Filter = 'open' | 'resolved' | 'mine';

export function filtered(shown: readonly Shown[], filter: Filter, me: string): Shown[] {
  return shown.filter(({ thread }) => {
    if (filter === 'mine') {
      return isMine(thread, me);
    }
    return (thread.resolved !== null) === (filter === 'resolved');
  });
}

/** Open threads that call the user, and in which they said nothing since. */
export function mentions(shown: readonly Shown[], me: string): Shown[] {
  return shown.filter(({ thread }) => thread.resolved === null && calls(thread, me));
}

function calls({ messages }: Thread, me: string): boolean {
  const last = messages.map(({ author }) => author.handle).lastIndexOf(me);
  return messages.some(({ mentions }, at) => at > last && mentions.includes(me));
}

function isMine({ messages }: Thread, me: string): boolean {
  return messages.some(({ author, mentions }) => author.handle === me || mentions.includes(me));
}
