/** Notices that a line is dead though nobody said so: packets that are lost end no connection. */

/** Milliseconds between two looks. */
const EVERY = 1000;
/** Milliseconds without an answer after which a line is given up: many times what one takes. */
const PATIENCE = 4000;
const MOST_PATIENCE = 32_000;

/** A line as it is seen from here. */
export interface Sight {
  /** Whether an answer is owed: to a call, or to a change. */
  readonly isOwed: boolean | undefined;
  /** What differs while anything still moves. */
  readonly moved: number;
}

/** Looks at one line again and again, and gives it up when it owes an answer for too long. */
export class Pulse {
  constructor(
    private readonly look: () => Sight,
    private readonly giveUp: () => void
  ) {}

  /** Begin to look. */
  start(): void {
    this.timer ??= setInterval(this.check, EVERY);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** The server answered: the line is well. */
  answered(): void {
    this.lived = Date.now();
    this.patience = PATIENCE;
  }

  private readonly check = (): void => {
    const { isOwed, moved } = this.look();
    if (!isOwed || moved !== this.moved) {
      this.moved = moved;
      this.lived = Date.now();
    } else if (Date.now() - this.lived > this.patience) {
      this.lived = Date.now();
      this.patience = Math.min(this.patience * 2, MOST_PATIENCE); // it may be the server that is slow
      this.giveUp();
    }
  };

  private timer: ReturnType<typeof setInterval> | undefined;
  private lived = Date.now();
  private moved = 0;
  private patience = PATIENCE;
}
