/** Apps, deployments and lines, as the server tells of them. */
import type { DeployedApp, Deployment, LogLine } from '../../src/api/models';

export const PLAN = {
  kind: 'voila' as const,
  base: 'python' as const,
  entry: 'work.ipynb',
  requirements: ['voila', 'numpy'],
  start: ['voila', '--port=8080', 'work.ipynb']
};

export function deployment(change: Partial<Deployment> = {}): Deployment {
  return {
    id: 'd1',
    app_id: 'a1',
    number: 1,
    version: '0123456789abcdef',
    plan: PLAN,
    state: 'queued',
    job_id: 'j1',
    reason: '',
    hint: '',
    path: '',
    cell: null,
    traceback: '',
    refused: [],
    release: null,
    rolls_back: false,
    created: '2026-01-01T00:00:00Z',
    by: { handle: 'ann', name: 'Ann' },
    ended: null,
    ...change
  };
}

export function app(change: Partial<DeployedApp> = {}): DeployedApp {
  return {
    id: 'a1',
    project: {
      id: 'p1',
      owner: { handle: 'ann', name: 'Ann' },
      slug: 'waves',
      title: 'Waves'
    },
    parent_id: null,
    branch: '',
    slug: 'waves',
    title: 'Waves',
    access: 'private',
    target: 'local',
    kind: 'voila',
    plan: null,
    idle: 600,
    url: 'http://waves.localhost:8080/',
    enter: '/wove/apps/a1/enter',
    state: 'live',
    problem: '',
    sessions: 0,
    memory: 0,
    release: 2,
    version: '0123456789abcdef',
    deployment: null,
    may_deploy: true,
    may_manage: true,
    created: '2026-01-01T00:00:00Z',
    by: null,
    deployed: null,
    deleted: null,
    ...change
  };
}

export function lines(count: number, from = 1): LogLine[] {
  return Array.from({ length: count }, (_, at) => ({
    n: from + at,
    at: '2026-01-01T00:00:00Z',
    stream: 'stdout',
    text: `line ${from + at}`
  }));
}
