/** @jest-environment <rootDir>/tests/browser.cjs */
import { fireEvent, screen, waitFor } from '@testing-library/react';
import React from 'react';

import type { Job } from '../../src/api/models';
import { JobProgress } from '../../src/ui/job';
import { createWove, draw } from './draw';
import type { Answer, TestServer } from '../api/server';
import { problem, serve } from '../api/server';

function job(state: Job['state'], change: Partial<Job> = {}): Job {
  return {
    id: 'j1',
    kind: 'projects.remix',
    owner_id: null,
    state,
    done: 0,
    total: 0,
    note: '',
    result: null,
    problem: null,
    created: '2026-01-01T00:00:00Z',
    finished: null,
    ...change
  };
}

/** Answer with these states; the stream stays open if the last is not the end. */
function events(...jobs: Job[]): Answer {
  return (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    jobs.forEach((each, at) => response.write(`id: ${at + 1}\ndata: ${JSON.stringify(each)}\n\n`));
  };
}

const onDone = jest.fn();
const onClose = jest.fn();
let server: TestServer;

async function follow(...answers: Answer[]): Promise<void> {
  server = await serve(...answers);
  draw(
    <JobProgress job={job('queued')} onDone={onDone} onClose={onClose} />,
    createWove(server.settings)
  );
}

beforeEach(() => {
  onDone.mockReset();
  onClose.mockReset();
});

afterEach(() => server.close());

test('a job shows how far it is', async () => {
  await follow(events(job('running', { done: 1, total: 4, note: 'Unpacking' })));
  const bar = await screen.findByLabelText<HTMLProgressElement>('Unpacking');
  expect(bar.value).toBe(0.25);
});

test('a job that succeeded says what it made, once', async () => {
  const made = job('succeeded', {
    result: { project_id: 'p1', folder: 'waves', left_out: [] }
  });
  await follow(events(job('running'), made));
  await screen.findByText('Done.');
  expect(onDone.mock.calls).toEqual([[made]]);
});

test('a job that failed says why, and is closed by the user', async () => {
  const why = { ...PROBLEM, detail: 'The archive holds a link.' };
  await follow(events(job('failed', { problem: why })));
  expect((await screen.findByRole('alert')).textContent).toContain('The archive holds a link.');
  fireEvent.click(screen.getByText('Close'));
  expect(onClose).toHaveBeenCalledTimes(1);
  expect(onDone).not.toHaveBeenCalled();
});

test('a job can be stopped', async () => {
  await follow(events(job('running')), (_request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(job('cancelled')));
  });
  fireEvent.click(await screen.findByText('Cancel'));
  await screen.findByLabelText('Stopping…');
  await waitFor(() => expect(server.requests[1]?.method).toBe('DELETE'));
  expect(server.requests[1]?.url).toBe('/wove/api/jobs/j1');
});

test('a job that cannot be followed says why and can be followed again', async () => {
  await follow(problem(404, 'You have no such job.'), events(job('succeeded')));
  expect((await screen.findByRole('alert')).textContent).toContain('You have no such job.');
  fireEvent.click(screen.getByText('Try again'));
  await screen.findByText('Done.');
});

const PROBLEM = {
  type: 'about:blank',
  title: 'Bad',
  status: 422,
  detail: '',
  instance: '',
  request_id: ''
};
