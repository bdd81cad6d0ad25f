import { ProblemError } from '../../src/api/problem';
import { createSend } from '../../src/api/transport';
import type { Answer, TestServer } from './server';
import { problem, serve } from './server';

let server: TestServer;

afterEach(() => server.close());

const fine: Answer = (_request, response) => response.end('{}');

async function ask(init: RequestInit = {}): Promise<Response> {
  return createSend(server.settings)(new Request(`${server.settings.baseUrl}wove/x?a=1`, init));
}

async function refused(init: RequestInit = {}): Promise<ProblemError> {
  return ask(init).then(
    () => {
      throw new Error('This should have been refused.');
    },
    (error: ProblemError) => error
  );
}

test('every request carries an id of its own', async () => {
  server = await serve(fine);
  await ask();
  await ask();
  const ids = server.requests.map(request => request.headers['x-request-id']);
  expect(new Set(ids).size).toBe(2);
  expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
});

test('an id that the caller chose is kept', async () => {
  server = await serve(fine);
  await ask({ headers: { 'X-Request-ID': 'mine' } });
  expect(server.requests[0]?.headers['x-request-id']).toBe('mine');
});

test('nothing is added to the query', async () => {
  server = await serve(fine);
  await ask();
  expect(server.requests[0]?.url).toBe('/wove/x?a=1');
});

test('bytes arrive as they were sent', async () => {
  const bytes = new Uint8Array([0, 255, 128, 13, 10]);
  const received = new Promise<Buffer>(resolve => {
    void serve((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => resolve(Buffer.concat(parts)));
      request.on('end', () => response.end());
    }).then(async running => {
      server = running;
      await ask({ method: 'POST', body: bytes });
    });
  });
  expect([...(await received)]).toEqual([...bytes]);
});

test('a problem of the server is thrown with its sentence and its id', async () => {
  server = await serve(problem(409, 'It is published already.'));
  const error = await refused();
  expect(error).toBeInstanceOf(ProblemError);
  expect(error.message).toBe('It is published already.');
  expect([error.status, error.requestId, error.passing]).toEqual([409, 'r1', false]);
});

test('a wait that the server asks for is known', async () => {
  server = await serve(problem(429, 'Too many.', { 'Retry-After': '7' }));
  const error = await refused();
  expect([error.retryAfter, error.passing]).toEqual([7, true]);
});

test('a refusal by somebody else than Wove is a sentence too', async () => {
  server = await serve((_request, response) => {
    response.writeHead(404, { 'Content-Type': 'text/html' });
    response.end('<h1>Not found</h1>');
  });
  const error = await refused({ headers: { 'X-Request-ID': 'mine' } });
  expect(error.message).toContain('Is the Wove server extension enabled?');
  expect(error.requestId).toBe('mine');
});

test('a server that is away is a problem that may pass', async () => {
  server = await serve(fine);
  await server.close();
  const error = await refused();
  expect([error.status, error.passing]).toEqual([0, true]);
  expect(error.message).toContain('does not answer');
});

test('an aborted request is no problem of the server', async () => {
  server = await serve(() => undefined);
  const controller = new AbortController();
  const asking = refused({ signal: controller.signal });
  controller.abort();
  expect((await asking).name).toBe('AbortError');
});

test('whatever was thrown can be shown', () => {
  expect(ProblemError.of(new Error('Odd.')).message).toBe('Odd.');
  expect(ProblemError.of('odd').passing).toBe(false);
});
