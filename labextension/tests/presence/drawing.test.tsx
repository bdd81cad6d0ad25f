/** @jest-environment <rootDir>/tests/browser.cjs */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import axe from 'axe-core';
import React from 'react';

import type { Project } from '../../src/api/models';
import Bar from '../../src/presence/bar';
import { Following } from '../../src/presence/following';
import Item from '../../src/presence/item';
import { Presence } from '../../src/presence/model';
import type { Opened } from '../../src/presence/opened';
import type { Parts } from '../../src/presence/part';
import PeopleHere from '../../src/presence/section';
import { Spots } from '../../src/presence/spots';
import { Workplace } from '../../src/projects/workplace';
import { createWove, draw } from '../ui/draw';
import { Server, signedIn } from './awarenesses';

const PROJECT = { id: 'p1', folder: 'waves', role: 'owner' } as Project;
const READABLE = 'waves/a.ipynb';

let server: Server;
let parts: Parts;
let opened: { path: string; current: null; views: []; changed: Signal<object, void> };
let ann: Presence;

beforeEach(async () => {
  server = new Server();
  const me = await arrive('me', READABLE);
  ann = await arrive('ann', READABLE);
  const wove = createWove();
  opened = { path: READABLE, current: null, views: [], changed: new Signal<object, void>({}) };
  const given = opened as unknown as Opened;
  const trans = nullTranslator.load('jupyter_wove');
  const following = new Following(jupyterLab(), me, given, trans);
  const place = new Workplace(wove);
  place.sight.setState({ path: READABLE, project: PROJECT });
  parts = { presence: me, spots: new Spots(given), following, place };
});

afterEach(() => {
  parts.following.stop();
  server.close();
});

/** A JupyterLab that opens what may be read. */
function jupyterLab(): JupyterFrontEnd {
  const get = (path: string): Promise<void> =>
    path.startsWith('waves/secret') ? Promise.reject(new Error('404')) : Promise.resolve();
  const execute = (_: string, { path }: { path: string }): Promise<void> => {
    opened.path = path;
    return Promise.resolve();
  };
  return {
    commands: { execute },
    serviceManager: { contents: { get } }
  } as unknown as JupyterFrontEnd;
}

async function arrive(username: string, path: string | null): Promise<Presence> {
  const awareness = server.join();
  const user = signedIn(username);
  const presence = new Presence(awareness, user);
  await act(async () => {
    awareness.setLocalStateField('user', user.identity);
    presence.say({ path });
    await user.ready;
  });
  return presence;
}

function say(said: Parameters<Presence['say']>[0]): void {
  act(() => ann.say(said));
}

async function faults(node: HTMLElement): Promise<string[]> {
  const { violations } = await axe.run(node);
  return violations.map(({ id, help }) => `${id}: ${help}`);
}

test('the list names who is here, where, and what can be done', async () => {
  const { container } = draw(<PeopleHere project={PROJECT} {...parts} />);
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'MMe (you)a.ipynb',
    'AAnna.ipynbGo toFollow'
  ]);
  expect(await faults(container)).toEqual([]);
});

test('it tells who is away and who follows', () => {
  draw(<PeopleHere project={PROJECT} {...parts} />);
  say({ isAway: true, follows: 'me' });
  expect(screen.getByText('· away')).toBeTruthy();
  expect(screen.getByTitle('Ann follows you')).toBeTruthy();
});

test('who is alone reads how others come', () => {
  draw(<PeopleHere project={PROJECT} {...parts} />);
  say({ path: 'tides/b.ipynb' });
  expect(screen.getByText(/Nobody else is here. Add people under the members/)).toBeTruthy();
});

test('the status bar counts people while somebody else is here', async () => {
  const { container } = draw(<Item {...parts} />);
  expect(screen.getByRole('button').title).toBe('Also here: Ann');
  expect(screen.getByRole('button').textContent).toContain('2 people here');
  expect(await faults(container)).toEqual([]);
  say({ path: null });
  expect(container.textContent).toBe('');
});

test('the bar tells whom one follows, and stops', async () => {
  draw(<PeopleHere project={PROJECT} {...parts} />);
  const { container } = draw(<Bar following={parts.following} />);
  fireEvent.click(screen.getByText('Follow'));
  expect(screen.getByRole('status').textContent).toBe('You follow Ann');
  expect(await faults(container)).toEqual([]);
  expect(ann.isFollowed).toBe(true);
  fireEvent.click(screen.getByText('Stop (Esc)'));
  expect(container.textContent).toBe('');
  expect(ann.isFollowed).toBe(false);
});

test('following goes along within the project, and says where it cannot', async () => {
  draw(<PeopleHere project={PROJECT} {...parts} />);
  draw(<Bar following={parts.following} />);
  const says = (note: string): Promise<void> =>
    waitFor(() => expect(screen.getByRole('status').textContent).toBe(`You follow Ann${note}`));
  fireEvent.click(screen.getByText('Follow'));
  say({ path: 'waves/b.csv' });
  await waitFor(() => expect(opened.path).toBe('waves/b.csv'));
  say({ path: 'waves/secret.txt' });
  await says(' · You cannot open what Ann looks at.');
  say({ path: 'tides/b.ipynb' });
  await says(' · Ann looks at something outside of this project now.');
  expect(opened.path).toBe('waves/b.csv');
  say({ path: READABLE });
  await says('');
  await waitFor(() => expect(opened.path).toBe(READABLE));
});
