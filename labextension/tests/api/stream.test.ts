import type { ServerEvent } from '../../src/api/stream';
import { createStream } from '../../src/api/stream';
import type { Answer, TestServer } from './server';
import { problem, serve } from './server';

const PATIENCE = { shortestPause: 5, longestPause: 50, silence: 200 };

let server: TestServer;

afterEach(() => server.close());

const HEAD = { 'Content-Type': 'text/event-stream' };

function event(id: number): string {
  return `id: ${id}\ndata: {"n": ${id}}\n\n`;
}

const END = 'event: end\ndata: {}\n\n';

/** Sends the text and closes politely. */
function says(text: string): Answer {
  return (_request, response) => response.writeHead(200, HEAD).end(text);
}

/** Sends the events and says that they were all. */
function ends(...ids: number[]): Answer {
  return says(ids.map(event).join('') + END);
}

/** Sends the events and one half, then the line goes dead. */
function breaks(...ids: number[]): Answer {
  return (_request, response) => {
    const text = `${ids.map(event).join('')}id: 99\ndata: {"n":`;
    response.writeHead(200, HEAD).write(text, () => setTimeout(() => response.destroy(), 30));
  };
}

/** Sends the events and stays open. */
function stays(...ids: number[]): Answer {
  return (_request, response) =>
    void response.writeHead(200, HEAD).write(ids.map(event).join('') || ': open\n');
}

function open(
  signal = new AbortController().signal,
  onConnection: (open: boolean) => void = () => undefined
): AsyncGenerator<ServerEvent<{ n: number }>> {
  return createStream(server.settings, PATIENCE)('/wove/events', { signal, onConnection });
}

async function numbers(events: AsyncGenerator<ServerEvent<{ n: number }>>): Promise<number[]> {
  const seen: number[] = [];
  for await (const { data } of events) {
    seen.push(data.n);
  }
  return seen;
}

test('a stream that the server ends is over', async () => {
  server = await serve(ends(1, 2));
  expect(await numbers(open())).toEqual([1, 2]);
  expect(server.requests).toHaveLength(1);
});

test('events carry their id', async () => {
  server = await serve(ends(7));
  expect((await open().next()).value).toEqual({ id: '7', data: { n: 7 } });
});

test('a stream that closes without saying so is not over', async () => {
  server = await serve(says(event(1)), ends(2));
  expect(await numbers(open())).toEqual([1, 2]);
  expect(server.requests[1]?.headers['last-event-id']).toBe('1');
});

test('a line that falls silent is given up for a new one', async () => {
  server = await serve(stays(1), ends(2));
  expect(await numbers(open())).toEqual([1, 2]);
});

test('a problem in the stream is thrown', async () => {
  const told = { title: 'Gone', status: 404, detail: 'The job was deleted.', request_id: 'r2' };
  server = await serve(says(`${event(1)}event: problem\ndata: ${JSON.stringify(told)}\n\n`));
  const events = open();
  await events.next();
  await expect(events.next()).rejects.toMatchObject({
    message: 'The job was deleted.',
    requestId: 'r2'
  });
  expect(server.requests).toHaveLength(1);
});

test('a break after events without ids is a problem, because nothing says where to go on', async () => {
  server = await serve(says('data: {"n": 1}\n\n'));
  const events = open();
  await events.next();
  await expect(events.next()).rejects.toMatchObject({ status: 0 });
  expect(server.requests).toHaveLength(1);
});

test('where to go on from can be given', async () => {
  server = await serve(ends(9));
  const { signal } = new AbortController();
  const events = createStream(server.settings, PATIENCE)('/wove/events', { signal, after: '8' });
  await events.next();
  expect(server.requests[0]?.headers['last-event-id']).toBe('8');
});

test('a broken stream goes on after the last whole event', async () => {
  server = await serve(breaks(1, 2), ends(3));
  expect(await numbers(open())).toEqual([1, 2, 3]);
  expect(server.requests[0]?.headers['last-event-id']).toBeUndefined();
  expect(server.requests[1]?.headers['last-event-id']).toBe('2');
});

test('a server that is busy is asked again, and the reader is told', async () => {
  server = await serve(problem(503, 'Soon.'), ends(1));
  const told: boolean[] = [];
  expect(await numbers(open(undefined, state => told.push(state)))).toEqual([1]);
  expect(told).toEqual([false, true]);
});

test('a refusal is thrown', async () => {
  server = await serve(problem(403, 'Only members can watch.'));
  await expect(numbers(open())).rejects.toThrow('Only members can watch.');
  expect(server.requests).toHaveLength(1);
});

test('an abort ends an open stream', async () => {
  server = await serve(stays(1));
  const controller = new AbortController();
  const events = open(controller.signal);
  await events.next();
  controller.abort();
  expect(await events.next()).toEqual({ done: true, value: undefined });
});

test('an abort ends a pause', async () => {
  server = await serve(problem(429, 'Later.', { 'Retry-After': '600' }));
  const controller = new AbortController();
  const events = open(controller.signal, () => setImmediate(() => controller.abort()));
  expect(await events.next()).toEqual({ done: true, value: undefined });
});

test('a reader that has had enough closes the connection', async () => {
  let closed: Promise<unknown> = Promise.resolve();
  server = await serve((request, response) => {
    closed = new Promise(resolve => response.on('close', resolve));
    stays(1)(request, response);
  });
  for await (const { data } of open()) {
    expect(data.n).toBe(1);
    break;
  }
  await closed;
});
