/** @jest-environment <rootDir>/tests/browser.cjs */
import { ServerConnection } from '@jupyterlab/services';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import React from 'react';

import type { McpServerList, McpTool } from '../../src/api/models';
import { McpServers } from '../../src/mcp/section';
import { createWove, draw } from '../ui/draw';

const HEIGHT: McpTool = {
  name: 'height',
  about: 'The height of the tide.',
  arguments: {},
  digest: 'abc',
  is_on: false,
  was: 'Something else.'
};

/** A server that knows one MCP server of the administrator, and notes what was chosen. */
function server(known: McpServerList): [ReturnType<typeof createWove>, unknown[]] {
  const chosen: unknown[] = [];
  const fetch = async (request: Request | string): Promise<Response> => {
    const { method } = request as Request;
    if (method === 'PUT') {
      chosen.push(await (request as Request).json());
    }
    return Response.json(method === 'POST' ? [HEIGHT] : method === 'PUT' ? {} : known);
  };
  const settings = ServerConnection.makeSettings({ baseUrl: 'http://127.0.0.1:1/', fetch });
  return [createWove(settings), chosen];
}

test('tools of the administrator’s server are read, and let in as they were read', async () => {
  const place = 'https://tides.example.org/mcp';
  const tides = { name: 'tides', of: 'administrator' as const, place, tools: [] };
  const [wove, chosen] = server({ servers: [tides], why_none: 'Nobody may add any.' });
  draw(<McpServers />, wove);
  await screen.findByText(place);
  expect(screen.getByText('Nobody may add any.')).not.toBeNull();
  expect(screen.queryByText('Add a server…')).toBeNull();
  expect(screen.queryByLabelText('Remove tides')).toBeNull();
  fireEvent.click(screen.getByLabelText('Tools of tides'));
  await screen.findByText(/It said: Something else/);
  fireEvent.click(screen.getByRole('checkbox'));
  fireEvent.click(screen.getByText('Let agents ask for these'));
  await waitFor(() => expect(chosen).toEqual([{ tools: [{ name: 'height', digest: 'abc' }] }]));
  await waitFor(() => expect(screen.queryByRole('checkbox')).toBeNull());
});
