/** Read an event stream of the server, and go on where it stopped if the connection breaks. */
import type { ServerConnection } from '@jupyterlab/services';

import { EventParser } from './events';
import { ProblemError } from './problem';
import type { Send } from './transport';
import { createSend } from './transport';

/** One event of a stream, its data parsed. */
export interface ServerEvent<T> {
  readonly id: string;
  readonly name: string;
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
 * Read the events of a path until the server ends the stream or the signal aborts.
 *
 * A broken connection is taken up again after a pause that grows to 30 s, with `Last-Event-ID`.
 * Throws a ProblemError if the server refuses for good.
 */
export type Stream = <T>(path: string, options: StreamOptions) => AsyncGenerator<ServerEvent<T>>;

const LONGEST_PAUSE = 30_000;

/** Make the stream reader for a Jupyter server. */
export function createStream(settings: ServerConnection.ISettings, shortestPause = 1000): Stream {
  const send = createSend(settings);
  const base = settings.baseUrl.replace(/\/$/, '');
  return (path, options) => read(send, base + path, options, shortestPause);
}

async function* read<T>(
  send: Send,
  url: string,
  options: StreamOptions,
  shortestPause: number
): AsyncGenerator<ServerEvent<T>> {
  const parser = new EventParser(options.after);
  let failures = 0;
  while (!options.signal.aborted) {
    try {
      for await (const event of connection<T>(send, url, options, parser)) {
        failures = 0;
        yield event;
      }
      return;
    } catch (error) {
      if (options.signal.aborted) {
        return;
      }
      options.onConnection?.(false);
      const pause = waiting(error, failures++, parser.retry ?? shortestPause);
      await sleep(pause, options.signal);
    }
  }
}

async function* connection<T>(
  send: Send,
  url: string,
  { signal, onConnection }: StreamOptions,
  parser: EventParser
): AsyncGenerator<ServerEvent<T>> {
  const headers = new Headers({ Accept: 'text/event-stream' });
  if (parser.lastId) {
    headers.set('Last-Event-ID', parser.lastId);
  }
  const response = await send(new Request(url, { headers, signal }));
  onConnection?.(true);
  parser.reset();
  for await (const chunk of chunks(response)) {
    for (const { id, name, data } of parser.push(chunk)) {
      yield { id, name, data: JSON.parse(data) as T };
    }
  }
}

async function* chunks(response: Response): AsyncGenerator<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      yield decoder.decode(part.value, { stream: true });
    }
  } finally {
    // Not awaited: a connection that is already broken never answers.
    void reader?.cancel().catch(() => undefined);
  }
}

/** Say how long to wait after this failure; throw it if waiting cannot help. */
function waiting(error: unknown, failures: number, shortest: number): number {
  if ((error instanceof ProblemError && !error.passing) || error instanceof SyntaxError) {
    throw error;
  }
  const asked = error instanceof ProblemError ? (error.retryAfter ?? 0) * 1000 : 0;
  // Half fixed, half by chance, so that a server which restarts is not met by everybody at once.
  const grown = Math.min(shortest * 2 ** failures, LONGEST_PAUSE) * (0.5 + Math.random() / 2);
  return Math.max(asked, grown);
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
