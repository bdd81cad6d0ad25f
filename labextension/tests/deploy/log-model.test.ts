import type { Deployment, LogNews } from '../../src/api/models';
import { DeploymentLog, next } from '../../src/deploy/log-model';
import { createStream } from '../../src/api/stream';
import type { Answer, TestServer } from '../api/server';
import { problem, serve } from '../api/server';
import { deployment, lines } from './samples';

const PATIENCE = { shortestPause: 5, longestPause: 5, silence: 2000 };

let server: TestServer;

afterEach(() => server?.close());

/** News as the server sends it: with the number of the last line as its id. */
function told(id: number, news: Partial<LogNews>): string {
  return `id: ${id}\ndata: ${JSON.stringify({ line: null, deployment: null, ...news })}\n\n`;
}

function saying(...parts: string[]): Answer {
  return (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.end(parts.join(''));
  };
}

async function followed(first: Deployment, ...answers: Answer[]): Promise<DeploymentLog> {
  server = await serve(...answers);
  const log = new DeploymentLog(createStream(server.settings, PATIENCE), first);
  await log.follow(new AbortController().signal);
  return log;
}

const END = 'event: end\ndata: {}\n\n';

test('the lines of a log come in order, and how the deployment ended with them', async () => {
  const log = await followed(
    deployment({ id: 'd-order' }),
    saying(
      told(0, { deployment: deployment({ state: 'installing' }) }),
      ...lines(3).map(line => told(line.n, { line })),
      told(3, { deployment: deployment({ state: 'live', ended: '2026-01-01T00:00:09Z' }) }),
      END
    )
  );
  const { lines: shown, deployment: now } = log.store.getState();
  expect(shown.map(({ text }) => text)).toEqual(['line 1', 'line 2', 'line 3']);
  expect(now.state).toBe('live');
});

test('a broken connection goes on after the last line, and none is shown twice', async () => {
  const log = await followed(
    deployment({ id: 'd-broken' }),
    saying(...lines(2).map(line => told(line.n, { line }))),
    saying(...lines(3, 2).map(line => told(line.n, { line })), END)
  );
  expect(log.store.getState().lines.map(({ n }) => n)).toEqual([1, 2, 3, 4]);
  expect(server.requests[1]?.headers['last-event-id']).toBe('2');
});

test('what keeps a log from being followed is kept to be shown', async () => {
  const log = await followed(deployment({ id: 'd-no' }), problem(404, 'There is no such thing.'));
  expect(log.store.getState().problem).toMatchObject({ message: 'There is no such thing.' });
});

test('a long log keeps its newest 20,000 lines, and draws them in few steps', async () => {
  const log = await followed(
    deployment({ id: 'd-long' }),
    saying(...lines(20_500).map(line => told(line.n, { line })), END)
  );
  const { lines: shown } = log.store.getState();
  expect(shown).toHaveLength(20_000);
  expect(shown[0]?.n).toBe(501);
});

test('that it was asked to stop is shown at once, and until it has', () => {
  const log = new DeploymentLog(createStream(server.settings), deployment({ id: 'd-stop' }));
  log.stopping(true);
  expect(log.store.getState().cancelling).toBe(true);
  log.hear({ line: null, deployment: deployment({ id: 'd-stop', state: 'cancelled' }) });
  expect(log.store.getState().cancelling).toBe(false);
});

test('each stage begins when it is first heard of, and ends with the next', () => {
  const one = next([], { state: 'installing' }, 100);
  const same = next(one, { state: 'installing' }, 200);
  const two = next(same, { state: 'checking' }, 300);
  expect(next(two, { state: 'live' }, 450)).toEqual([
    { stage: 'installing', began: 100, ended: 300 },
    { stage: 'checking', began: 300, ended: 450 }
  ]);
});

test('stages that were seen are there again when the page is opened anew', () => {
  const first = deployment({ id: 'd-again', state: 'queued' });
  const stream = createStream(server.settings);
  const log = new DeploymentLog(stream, first);
  log.hear({ line: null, deployment: { ...first, state: 'building' } });
  const anew = new DeploymentLog(stream, { ...first, state: 'building' });
  expect(anew.store.getState().steps.map(({ stage }) => stage)).toEqual(['building']);
});
