/** Counts the changes made here that the server has not yet on its disk. */

/** The changes of one document, over all its connections. */
export class Unsent {
  /** A change was made here. */
  changed(): void {
    this.made += 1;
  }

  /** A new connection: it has to be asked first for all that the server has not. */
  connected(): void {
    this.frames = [];
    this.isCaughtUp = false;
  }

  /** A frame of changes was given to the connection. */
  sent(holdsAll: boolean): void {
    this.isCaughtUp ||= holdsAll;
    // what is typed before the server asked for the rest says nothing of the rest
    this.frames.push(this.isCaughtUp ? this.made : this.safe);
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
  private isCaughtUp = false;
}
