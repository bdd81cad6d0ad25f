/** Server-sent events: the text format, parsed as the HTML standard says. */

/** One event as it came over the wire. */
export interface RawEvent {
  readonly id: string;
  readonly name: string;
  readonly data: string;
}

/** Turns chunks of text into events, wherever the chunks are cut. */
export class EventParser {
  /** The id of the last whole event that carried one. */
  lastId: string;
  /** Milliseconds to wait before reconnecting, where the server named them. */
  retry: number | undefined;

  constructor(lastId = '') {
    this.lastId = lastId;
    this.id = lastId;
  }

  /** Take the next chunk; give the events it completes. */
  push(chunk: string): RawEvent[] {
    const lines = (this.rest + chunk).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? '';
    return lines.flatMap(line => this.line(line));
  }

  /** Forget a half-read event: its connection broke, and the server will send it again. */
  reset(): void {
    this.id = this.lastId;
    this.rest = '';
    this.name = '';
    this.data = [];
  }

  private line(line: string): RawEvent[] {
    if (line === '') {
      return this.finish();
    }
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    this.field(field, value);
    return [];
  }

  private field(field: string, value: string): void {
    if (field === 'data') {
      this.data.push(value);
    } else if (field === 'event') {
      this.name = value;
    } else if (field === 'id' && !value.includes('\0')) {
      this.id = value;
    } else if (field === 'retry' && /^\d+$/.test(value)) {
      this.retry = Number(value);
    }
  }

  private finish(): RawEvent[] {
    const { data, name, id } = this;
    this.lastId = id;
    this.data = [];
    this.name = '';
    return data.length ? [{ id, name: name || 'message', data: data.join('\n') }] : [];
  }

  private id: string;
  private rest = '';
  private name = '';
  private data: string[] = [];
}
