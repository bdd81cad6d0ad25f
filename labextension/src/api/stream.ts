/** Read an event stream of the server, and go on where it stopped if the connection breaks. */
import type { ServerConnection } from '@jupyterlab/services';

import type { RawEvent } from './events';
import { EventParser } from './events';
import type { Problem } from './problem';
import { ProblemError } from './problem';
import type { Send } from './transport';
import { createSend } from './transport';

/** One event of a stream, its data parsed. */
export interface ServerEvent<T> {
  readonly id: string;
  readonly data: T;
}

export interface StreamOptions {
  /** Ends the stream, and every wait in it. */
  readonly signal: AbortSignal;
  /** Where to go on from, as an event's id. */
  readonly after?: string;
  /** Told whether events are coming (true) or a connection is being sought (false). */
  readonly onConnection?: (open: boolean) => void;
}

/**
 * Read the events of a path until the server says that it has no more, or the signal aborts.
 *
 * A broken connection is taken up again after a pause that grows to 30 s, with `Last-Event-ID`.
 * Throws a ProblemError if the server refuses for good, and for a break after events without ids.
 */
export type Stream = <T>(path: string, options: StreamOptions) => AsyncGenerator<ServerEvent<T>>;

/** Milliseconds. */
interface Patience {
  readonly shortestPause: number;
  readonly longestPause: number;
  /** The server gives a sign of life every 15 s, so three missing ones mean a dead line. */
  readonly silence: number;
}

const PATIENCE: Patience = { shortestPause: 1000, longestPause: 30_000, silence: 45_000 };

/** Make the stream reader for a Jupyter server. */
export function createStream(settings: ServerConnection.ISettings, patience = PATIENCE): Stream {
  const send = createSend(settings);
  const base = settings.baseUrl.replace(/\/$/, '');
  return (path, options) => new Reading(send, base + path, options, patience).events();
}

/** One stream from its first connection to its end. */
class Reading {
  constructor(
    private readonly send: Send,
    private readonly url: string,
    private readonly options: StreamOptions,
    private readonly patience: Patience
  ) {
    this.parser = new EventParser(options.after);
  }

  async *events<T>(): AsyncGenerator<ServerEvent<T>> {
    while (!this.options.signal.aborted) {
      try {
        yield* this.connection<T>();
        return;
      } catch (error) {
        if (!this.options.signal.aborted) {
          await this.pause(error);
        }
      }
    }
  }

  private async *connection<T>(): AsyncGenerator<ServerEvent<T>> {
    const response = await this.open();
    this.options.onConnection?.(true);
    this.parser.reset();
    for await (const chunk of chunks(response, this.patience.silence)) {
      for (const event of this.parser.push(chunk)) {
        if (event.name === 'end') {
          return;
        }
        this.failures = 0;
        this.begun = true;
        yield { id: event.id, data: content<T>(event) };
      }
    }
    // Broken, or closed politely by a server that stops: it has not said that this was all.
    throw ProblemError.noAnswer(this.url, '');
  }

  private open(): Promise<Response> {
    const headers = new Headers({ Accept: 'text/event-stream' });
    if (this.parser.lastId) {
      headers.set('Last-Event-ID', this.parser.lastId);
    }
    return this.send(new Request(this.url, { headers, signal: this.options.signal }));
  }

  /** Wait for as long as this failure asks for; throw it if waiting cannot help. */
  private async pause(problem: unknown): Promise<void> {
    const resumable = !this.begun || this.parser.lastId !== '';
    if (!(problem instanceof ProblemError) || !problem.passing || !resumable) {
      throw problem;
    }
    this.options.onConnection?.(false);
    await sleep(Math.max((problem.retryAfter ?? 0) * 1000, this.nextPause()), this.options.signal);
  }

  /** Half fixed, half by chance, so that a server which restarts is not met by everybody at once. */
  private nextPause(): number {
    const { shortestPause, longestPause } = this.patience;
    const grown = (this.parser.retry ?? shortestPause) * 2 ** this.failures++;
    return Math.min(grown, longestPause) * (0.5 + Math.random() / 2);
  }

  private readonly parser: EventParser;
  private failures = 0;
  private begun = false;
}

function content<T>({ name, data }: RawEvent): T {
  if (name === 'problem') {
    throw new ProblemError(JSON.parse(data) as Problem);
  }
  return JSON.parse(data) as T;
}

async function* chunks(response: Response, silence: number): AsyncGenerator<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  try {
    for (let bytes = await next(reader, silence); bytes; bytes = await next(reader, silence)) {
      yield decoder.decode(bytes, { stream: true });
    }
  } finally {
    // Not awaited: a connection that is already broken never answers.
    void reader?.cancel().catch(() => undefined);
  }
}

/** Read the next bytes; nothing once the line has ended, broken, or been silent for too long. */
async function next<T>(
  reader: ReadableStreamDefaultReader<T> | undefined,
  silence: number
): Promise<T | undefined> {
  const over = new AbortController();
  const late = sleep(silence, over.signal).then(() => undefined);
  try {
    return (await Promise.race([reader?.read(), late]))?.value;
  } catch {
    // Every browser throws something else here, and all of it means that the line is dead.
    return undefined;
  } finally {
    over.abort();
  }
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const wake = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, milliseconds);
    signal.addEventListener('abort', wake);
  });
}
