import { createApi } from '../../src/api/client';
import { createQueries } from '../../src/api/queries';
import { Workplace, candidate } from '../../src/projects/workplace';
import type { Answer, TestServer } from '../api/server';
import { problem, serve } from '../api/server';

const PROJECT = { id: 'p1', title: 'Waves', folder: 'waves', role: 'owner' };

const waves: Answer = (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(PROJECT));
};

let server: TestServer;
let place: Workplace;

async function at(...answers: Answer[]): Promise<void> {
  server = await serve(...answers);
  place = new Workplace({ api: createApi(server.settings), queries: createQueries() });
}

afterEach(() => server.close());

function seen(): Promise<void> {
  return new Promise(resolve => {
    const stop = place.sight.subscribe(({ project }) => {
      if (project !== undefined) {
        stop();
        resolve();
      }
    });
  });
}

test('whoever looks at a document sees the project around it', async () => {
  await at(waves);
  place.look('waves/tides.ipynb', false);
  await seen();
  expect(place.sight.getState().project).toEqual(PROJECT);
  expect(server.requests[0]?.url).toContain('path=waves%2Ftides.ipynb');
});

test('a folder in no project is no failure', async () => {
  await at(problem(404, 'It does not belong to a project yet.'));
  place.look('loose', true);
  await seen();
  expect(place.sight.getState()).toMatchObject({ project: null, problem: null });
});

test('a refusal is kept to be shown', async () => {
  await at(problem(403, 'You may not.'));
  place.look('waves', true);
  await seen();
  expect(place.sight.getState()).toMatchObject({
    project: null,
    problem: { message: 'You may not.' }
  });
});

test('from one project to the next, the old one is never shown for the new', async () => {
  await at(waves, problem(404, 'None.'));
  place.look('waves', true);
  await seen();
  place.look('loose', true);
  expect(place.sight.getState().project).toBeUndefined();
});

test('looking at the same place again asks nothing', async () => {
  await at(waves);
  place.look('waves', true);
  await seen();
  place.look('waves', true);
  expect(place.sight.getState().project).toEqual(PROJECT);
  expect(server.requests).toHaveLength(1);
});

test('a folder, or that of a document, can become a project; at the root, a notebook alone', () => {
  expect(candidate({ path: 'a/b', isFolder: true })).toBe('a/b');
  expect(candidate({ path: 'a/b.v2', isFolder: true })).toBe('a/b.v2');
  expect(candidate({ path: 'a/n.ipynb', isFolder: false })).toBe('a');
  expect(candidate({ path: 'n.ipynb', isFolder: false })).toBe('n.ipynb');
  expect(candidate({ path: 'notes.md', isFolder: false })).toBe('');
  expect(candidate({ path: '', isFolder: true })).toBe('');
});
