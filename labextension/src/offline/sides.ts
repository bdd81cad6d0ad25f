/** Copies of documents that this tab shows in their place, also after it was loaded again. */

const KEY = 'wove:sides:';

/** The room of the copy, by the path of the document. */
export class Sides {
  constructor(baseUrl: string) {
    this.key = KEY + baseUrl;
    this.rooms = new Map(stored(this.key));
  }

  of(path: string): string | undefined {
    return this.rooms.get(path);
  }

  /** Show a copy when a document is opened next; undefined for the document itself. */
  show(path: string, room: string | undefined): void {
    if (room === undefined) {
      this.rooms.delete(path);
    } else {
      this.rooms.set(path, room);
    }
    sessionStorage.setItem(this.key, JSON.stringify([...this.rooms]));
  }

  private readonly key: string;
  private readonly rooms: Map<string, string>;
}

function stored(key: string): [string, string][] {
  return JSON.parse(sessionStorage.getItem(key) ?? '[]') as [string, string][];
}
