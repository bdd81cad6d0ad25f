/** Counts the changes made here that the server has not yet on its disk. */

/** The changes of one document, over all its connections. */
export class Unsent {
  /** A change was made here. */
  changed(): void {
    this.made += 1;
  }

  /** A new connection: its first frame will hold all that the server has not. */
  connected(): void {
    this.frames = [];
  }

  /** A frame of changes was given to the connection. */
  sent(): void {
    this.frames.push(this.made);
  }

  /** So many frames of this connection are on the server's disk. */
  stored(frames: number): void {
    if (frames > 0) {
      this.safe = Math.max(this.safe, this.frames[frames - 1] ?? 0);
    }
  }

  /** How many changes would be lost with this browser. */
  get count(): number {
    return this.made - this.safe;
  }

  private made = 0;
  private safe = 0;
  private frames: number[] = [];
}
