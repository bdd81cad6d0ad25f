/** @jest-environment <rootDir>/tests/browser.cjs */
import { ServerConnection } from '@jupyterlab/services';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import React from 'react';

import type { DeployedRelease, Deployment } from '../../src/api/models';
import { Failure } from '../../src/deploy/failure';
import { Log } from '../../src/deploy/log';
import { OpenApp } from '../../src/deploy/open-app';
import { Releases } from '../../src/deploy/releases';
import { Steps } from '../../src/deploy/steps';
import { Variables } from '../../src/deploy/variables';
import { Address } from '../../src/deploy/head';
import { spec, total } from '../../src/deploy/visits';
import type { Ways } from '../../src/deploy/ways';
import { createWove, draw } from '../ui/draw';
import { PLAN, app, deployment, lines } from './samples';

type Asked = { method: string; path: string; body: unknown };

/** A server that answers by path, and notes what it was asked to change. */
function server(answers: Record<string, unknown>): [ReturnType<typeof createWove>, Asked[]] {
  const asked: Asked[] = [];
  const fetch = async (input: Request | string): Promise<Response> => {
    const request = input as Request;
    const { pathname } = new URL(request.url);
    if (request.method !== 'GET') {
      asked.push({ method: request.method, path: pathname, body: await bodyOf(request) });
    }
    return Response.json(answers[pathname] ?? {});
  };
  const settings = ServerConnection.makeSettings({ baseUrl: 'http://127.0.0.1:1/', fetch });
  return [createWove(settings), asked];
}

async function bodyOf(request: Request): Promise<unknown> {
  const text = await request.text();
  return text ? (JSON.parse(text) as unknown) : null;
}

test('of 20,000 lines only those in view are in the page', () => {
  const { container } = draw(<Log label="Log" lines={lines(20_000)} none="" />);
  expect(container.querySelectorAll('li').length).toBeLessThan(100);
  expect(screen.getByText('20000 lines')).not.toBeNull();
});

test('a log says what stderr says without the colours of a terminal', () => {
  const line = { n: 1, stream: 'stderr', text: '\u001b[31mWarning\u001b[0m' };
  draw(<Log label="Log" lines={[line]} none="" />);
  expect(screen.getByText('Warning').getAttribute('data-stream')).toBe('stderr');
});

test('an empty log says so in words', () => {
  draw(<Log label="Log" lines={[]} none="Nothing was said yet." />);
  expect(screen.getByText('Nothing was said yet.')).not.toBeNull();
});

test('what a user wrote into a log is text, not HTML', () => {
  const line = { n: 1, stream: 'stdout', text: '<img src=x onerror=alert(1)>' };
  const { container } = draw(<Log label="Log" lines={[line]} none="" />);
  expect(container.querySelector('img')).toBeNull();
});

test('stages are told with their times, and which of them goes on', () => {
  const steps = [
    { stage: 'installing' as const, began: 0, ended: 12_000 },
    { stage: 'checking' as const, began: 12_000, ended: null }
  ];
  draw(<Steps steps={steps} end={undefined} />);
  const [first, second] = screen.getAllByRole('listitem');
  expect(first?.textContent).toContain('12 s');
  expect(second?.getAttribute('aria-current')).toBe('step');
});

const FAILED = deployment({
  state: 'failed',
  reason: 'Code cell 3 of work.ipynb failed: division by zero.',
  hint: 'Mend the cell.',
  path: 'work.ipynb',
  cell: 3,
  traceback: 'ZeroDivisionError',
  refused: ['api.example.org']
});

function waysOf(part: Partial<Ways>): Ways {
  return { hasChats: true, showCell: jest.fn(), askToMend: jest.fn(), ...part } as unknown as Ways;
}

function failure(ways: Ways, models: string[], failed: Deployment = FAILED): void {
  const [wove] = server({ '/wove/api/ai/setup': { models } });
  draw(<Failure app={app()} deployment={failed} ways={ways} />, wove);
}

test('a failure says why, what to do, where, and which hosts were refused', () => {
  failure(waysOf({}), []);
  const words = screen.getByRole('alert').textContent;
  for (const each of ['division by zero', 'Mend the cell', 'code cell 3', 'api.example.org']) {
    expect(words).toContain(each);
  }
  expect(words).toContain('Visitors still see release 2');
});

test('the cell that failed is shown at a press', () => {
  const showCell = jest.fn(() => Promise.resolve(null));
  failure(waysOf({ showCell }), []);
  fireEvent.click(screen.getByText('Show the cell'));
  expect(showCell).toHaveBeenCalledWith(expect.anything(), 'work.ipynb', 3);
});

test('where a model is set up, AI is asked to mend it', async () => {
  const askToMend = jest.fn(() => Promise.resolve());
  failure(waysOf({ askToMend }), ['fast']);
  fireEvent.click(await screen.findByText('Ask AI to fix'));
  expect(askToMend).toHaveBeenCalled();
});

test('where none is, it is said how to set one up', async () => {
  failure(waysOf({}), []);
  await screen.findByText(/jupyter wove ai detect/);
  expect(screen.queryByText('Ask AI to fix')).toBeNull();
});

function release(number: number, state: DeployedRelease['state']): DeployedRelease {
  const id = `r${number}`;
  const created = '2026-01-01T00:00:00Z';
  return { id, number, state, created, version: 'abc', plan: PLAN, size: 5_000_000, lock: '' };
}

const RELEASES = [release(3, 'failed'), release(2, 'live'), release(1, 'kept')];

test('an earlier release is served again at one press while nobody is connected', async () => {
  const [wove, asked] = server({
    '/wove/api/apps/a1/releases': RELEASES,
    '/wove/api/apps/a1/rollback': deployment()
  });
  draw(<Releases app={app()} />, wove);
  fireEvent.click(await screen.findByText('Roll back to 1'));
  await waitFor(() =>
    expect(asked).toEqual([
      { method: 'POST', path: '/wove/api/apps/a1/rollback', body: { release: 1 } }
    ])
  );
  expect(document.querySelector('.jp-Dialog')).toBeNull();
});

test('a roll-back asks first while somebody is connected', async () => {
  const [wove, asked] = server({ '/wove/api/apps/a1/releases': RELEASES });
  draw(<Releases app={app({ sessions: 2 })} />, wove);
  fireEvent.click(await screen.findByText('Roll back to 1'));
  await screen.findByText(/2 visitors are connected/);
  fireEvent.click(screen.getByText('Cancel'));
  await waitFor(() => expect(document.querySelector('.jp-Dialog')).toBeNull());
  expect(asked).toEqual([]);
});

test('who may not deploy sees the releases without a way back', async () => {
  const [wove] = server({ '/wove/api/apps/a1/releases': RELEASES });
  draw(<Releases app={app({ may_deploy: false })} />, wove);
  await screen.findByText('Release 1');
  expect(screen.queryByText('Roll back to 1')).toBeNull();
});

test('variables are named, and their values are asked for as passwords are', async () => {
  const [wove, asked] = server({
    '/wove/api/apps/a1/variables': [{ name: 'WEATHER_KEY', at: '2026-01-01T00:00:00Z' }]
  });
  draw(<Variables app={app()} />, wove);
  fireEvent.click(await screen.findByText('Replace WEATHER_KEY…'));
  const field = await screen.findByLabelText<HTMLInputElement>('Value');
  expect([field.type, field.value]).toEqual(['password', '']);
  fireEvent.input(field, { target: { value: 'secret' } });
  fireEvent.click(screen.getByText('Replace'));
  await waitFor(() =>
    expect(asked).toEqual([
      {
        method: 'PUT',
        path: '/wove/api/apps/a1/variables/WEATHER_KEY',
        body: { value: 'secret' }
      }
    ])
  );
});

test('an app that may be visited is offered, and one that was stopped is not', async () => {
  const stopped = app({ id: 'a2', state: 'stopped' });
  const [wove] = server({ '/wove/api/projects/p1/apps': [stopped, app()] });
  const visited: unknown[] = [];
  wove.commands.addCommand('wove:visit-app', {
    execute: args => {
      visited.push(args);
    }
  });
  draw(<OpenApp projectId="p1" />, wove);
  fireEvent.click(await screen.findByText('Open app'));
  expect(visited).toEqual([{ appId: 'a1' }]);
});

test('the address of an app opens in a tab that knows nothing of this one', () => {
  draw(<Address app={app()} baseUrl="http://127.0.0.1:8888/" />);
  const link = screen.getByRole('link');
  expect(link.getAttribute('rel')).toContain('noopener');
  expect(link.textContent).toBe('http://waves.localhost:8080/');
});

test('visits are drawn by the minute, with what failed apart', () => {
  const minutes = [
    { at: '2026-01-01T00:00:00Z', requests: 5, errors: 2, p95: 10 },
    { at: '2026-01-01T00:01:00Z', requests: 1, errors: 0, p95: 10 }
  ];
  const { data } = spec(minutes, createWove().trans) as { data: { values: { count: number }[] } };
  expect(data.values.map(({ count }) => count)).toEqual([3, 2, 1, 0]);
  expect(total(minutes)).toEqual({ requests: 6, errors: 2 });
});
