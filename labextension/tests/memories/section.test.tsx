/** @jest-environment <rootDir>/tests/browser.cjs */
import { ServerConnection } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import React from 'react';

import type { Memory } from '../../src/api/models';
import { whence } from '../../src/memories/remembered';
import { Memories } from '../../src/memories/section';
import { createWove, draw } from '../ui/draw';

const MADE: Memory = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  project_id: null,
  text: 'Depths are in feet.',
  by: { handle: 'ann', name: 'Ann' },
  source: { agent: 'Coder', chat: 'talk.chat', notebook: 'sea.ipynb' },
  created: '2026-11-01T00:00:00Z',
  changed: '2026-11-01T00:00:00Z'
};

/** A server that keeps what is remembered, and notes what it is asked. */
function server(known: Memory[]): [ReturnType<typeof createWove>, string[]] {
  const asked: string[] = [];
  const fetch = async (request: Request | string): Promise<Response> => {
    const { method, url } = request as Request;
    const body =
      method === 'POST' ? ((await (request as Request).json()) as { text: string }) : null;
    asked.push(`${method} ${new URL(url).pathname}`);
    if (body) {
      known.push({
        ...MADE,
        id: 'new',
        text: body.text,
        source: { agent: '', chat: '', notebook: '' }
      });
    } else if (method === 'DELETE') {
      known.pop();
      return new Response(null, { status: 204 });
    }
    return Response.json(body ? known[known.length - 1] : known);
  };
  const settings = ServerConnection.makeSettings({
    baseUrl: 'http://127.0.0.1:1/',
    fetch: fetch
  });
  return [createWove(settings), asked];
}

test('what is remembered is listed with its source, added to and forgotten', async () => {
  const [wove] = server([MADE]);
  draw(<Memories project={null} mayChange />, wove);
  await screen.findByText('Depths are in feet.');
  expect(screen.getByText(/Coder asked in talk.chat, Ann allowed it/)).not.toBeNull();
  const box = screen.getByLabelText('What agents are to remember');
  fireEvent.change(box, { target: { value: 'Plots in grey.' } });
  fireEvent.submit(box);
  await screen.findByText('Plots in grey.');
  fireEvent.click(screen.getByLabelText('Forget: Plots in grey.'));
  await waitFor(() => expect(screen.queryByText('Plots in grey.')).toBeNull());
});

test('who may only read cannot change anything, and an empty list says what to do', async () => {
  const [wove] = server([]);
  draw(<Memories project="p" mayChange={false} />, wove);
  await screen.findByText(/everybody’s agents should know/);
  expect(screen.queryByRole('textbox')).toBeNull();
});

test('what a person wrote says so', () => {
  const trans = nullTranslator.load('x');
  const source = { agent: '', chat: '', notebook: '' };
  expect(whence(trans, { ...MADE, source })).toBe('written by Ann');
  expect(whence(trans, { ...MADE, source, by: null })).toBe('written by somebody who has left');
});
