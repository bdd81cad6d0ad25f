/** Work that is asked for often and done now and then. */

/** Does some work at once, then at most every so many milliseconds, and never twice at a time. */
export class AtMost {
  constructor(
    private readonly pause: number,
    private readonly work: () => void | Promise<void>
  ) {}

  /** Ask for the work; of many askings, the last counts. */
  readonly ask = (): void => {
    this.isAsked = true;
    if (this.isFree) {
      void this.go();
    }
  };

  private async go(): Promise<void> {
    this.isFree = false;
    try {
      while (this.isAsked) {
        this.isAsked = false;
        await this.work();
        await new Promise(resolve => setTimeout(resolve, this.pause));
      }
    } finally {
      this.isFree = true;
    }
  }

  private isAsked = false;
  private isFree = true;
}
