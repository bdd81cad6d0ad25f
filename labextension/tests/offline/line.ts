/** A socket whose other end is in memory: as much of one as Yjs uses. */

/** What is at the other end. */
export interface End {
  answer(line: Line): void;
  take(data: Uint8Array): void;
}

interface Closed {
  readonly code: number;
  readonly reason: string;
}

export class Line {
  readonly OPEN = 1;
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: Uint8Array }) => void) | null = null;
  onclose: ((event: Closed) => void) | null = null;

  constructor(
    readonly url: string,
    private readonly end: End
  ) {
    setTimeout(() => end.answer(this), 0);
  }

  send(data: Uint8Array): void {
    if (this.readyState !== this.OPEN) {
      throw new Error('This socket is not open.');
    }
    if (this.waiting) {
      this.waiting.push(data);
    } else {
      this.end.take(data);
    }
  }

  close(): void {
    this.drop(1000);
  }

  open(): void {
    this.readyState = this.OPEN;
    this.onopen?.();
  }

  /** Hear at the other end what was said, and is said from now on. */
  listen(): void {
    const waiting = this.waiting ?? [];
    this.waiting = null;
    waiting.forEach(data => this.end.take(data));
  }

  deliver(data: Uint8Array): void {
    if (this.readyState === this.OPEN) {
      this.onmessage?.({ data });
    }
  }

  drop(code: number, reason = ''): void {
    if (this.readyState !== 3) {
      this.readyState = 3;
      this.onclose?.({ code, reason });
    }
  }

  private waiting: Uint8Array[] | null = [];
}
