/** @jest-environment <rootDir>/tests/browser.cjs */
import { ServerConnection } from '@jupyterlab/services';
import { fireEvent, screen, within } from '@testing-library/react';
import React, { useState } from 'react';

import type { DeployTarget } from '../../src/api/models';
import { TargetField } from '../../src/deploy/target-field';
import type { Wish } from '../../src/deploy/wish';
import { wishFor } from '../../src/deploy/wish';
import { createWove, draw } from '../ui/draw';
import { PLAN } from './samples';

const HERE: DeployTarget = {
  name: 'local',
  title: 'This server',
  kinds: ['saved', 'voila', 'function'],
  access: ['private', 'project', 'hub', 'unlisted', 'public'],
  needs: [],
  problem: ''
};
const LAMBDA: DeployTarget = {
  name: 'aws-lambda',
  title: 'AWS Lambda',
  kinds: ['function'],
  access: ['unlisted', 'public'],
  needs: [
    { name: 'AWS_SECRET', about: 'A key.', secret: true, required: true, is_set: false },
    { name: 'AWS_REGION', about: 'Where.', secret: false, required: true, is_set: true },
    { name: 'AWS_NAME', about: 'A name.', secret: false, required: false, is_set: false }
  ],
  problem: ''
};
const BROKEN: DeployTarget = { ...LAMBDA, name: 'fly', title: 'Fly', problem: 'Fly is missing.' };

function asked(targets: DeployTarget[], part: Partial<Wish> = {}, stays = false): void {
  const fetch = (): Promise<Response> => Promise.resolve(Response.json(targets));
  const settings = ServerConnection.makeSettings({ baseUrl: 'http://127.0.0.1:1/', fetch });
  draw(<Filled part={part} stays={stays} />, createWove(settings));
}

function Filled({ part, stays }: { part: Partial<Wish>; stays: boolean }): JSX.Element {
  const [value, setValue] = useState({ ...wishFor({ title: 'Waves' }, null, PLAN), ...part });
  const change = (more: Partial<Wish>): void => setValue({ ...value, ...more });
  return <TargetField value={value} change={change} stays={stays} />;
}

const FUNCTION = { ...wishFor({ title: 'Waves' }, null, { ...PLAN, kind: 'function' as const }) };

test('an app is served by this server unless somebody chooses another place', async () => {
  asked([HERE, LAMBDA]);
  expect(
    (await screen.findByRole<HTMLInputElement>('radio', { name: /This server/ })).checked
  ).toBe(true);
  expect(screen.queryByLabelText('AWS_SECRET')).toBeNull();
});

test('where there is no other place, nothing is to be chosen', async () => {
  asked([HERE]);
  await screen.findByText(/By this server/);
  expect(screen.queryByRole('radio')).toBeNull();
});

test('a place that does not take what is made says what it takes, and keeps it from being sent', async () => {
  asked([HERE, LAMBDA]);
  const choice = await screen.findByRole<HTMLInputElement>('radio', { name: /AWS Lambda/ });
  fireEvent.click(choice);
  expect(screen.getByRole('alert').textContent).toBe('Takes only functions.');
  expect(choice.validity.valid).toBe(false);
});

test('an app for some people only is not for a place that asks nobody who they are', async () => {
  asked([HERE, LAMBDA], { ...FUNCTION, target: 'aws-lambda' });
  expect((await screen.findByRole('alert')).textContent).toContain('Asks nobody who they are');
});

test('a place asks for what it is not told yet: keys as passwords, what may be left out folded', async () => {
  asked([HERE, LAMBDA], { ...FUNCTION, access: 'public', target: 'aws-lambda' });
  const secret = await screen.findByLabelText<HTMLInputElement>('AWS_SECRET');
  expect([secret.type, secret.required]).toEqual(['password', true]);
  expect(screen.queryByLabelText('AWS_REGION')).toBeNull();
  expect(screen.getByText(/Known already/).textContent).toContain('AWS_REGION');
  const more = screen.getByText('More that it can be told').closest('details');
  expect(within(more as HTMLElement).getByLabelText('AWS_NAME')).not.toBeNull();
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a place that cannot be used says why', async () => {
  asked([HERE, BROKEN]);
  expect(await screen.findByText('Fly is missing.')).not.toBeNull();
});

test('an app that is served somewhere stays there', async () => {
  asked([HERE, LAMBDA], {}, true);
  const choice = await screen.findByRole<HTMLInputElement>('radio', { name: /AWS Lambda/ });
  expect(choice.disabled).toBe(true);
});
