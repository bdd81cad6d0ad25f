/** Draws the MCP servers that there are, and lets people add some and choose of their tools. */
import { useQuery } from '@tanstack/react-query';
import React, { useState } from 'react';

import type { McpServer } from '../api/models';
import type { IWove } from '../tokens';
import { ActionButton, Busy, confirm, ErrorState, notifyProblem, useTrans, useWove } from '../ui';
import { askForServer } from './add';
import { MCP_SERVERS, remove, servers } from './queries';
import { Tools } from './tools';

export function McpServers(): JSX.Element {
  const wove = useWove();
  const trans = useTrans();
  const { data, error, refetch } = useQuery(servers(wove.api));
  return (
    <section className="wove-Mcp" aria-label={trans.__('Tools of agents')}>
      <h3>{trans.__('Tools of agents')}</h3>
      <p className="wove-Quiet">
        {trans.__(
          'Agents may ask to use tools of MCP servers that you let in here. Each use waits until you have read and allowed it.'
        )}
      </p>
      {error && <ErrorState problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Busy />}
      {data?.servers.length === 0 && <p>{trans.__('There is no MCP server yet.')}</p>}
      <ul>
        {data?.servers.map(each => (
          <Server key={each.name} server={each} />
        ))}
      </ul>
      {data?.why_none && <p className="wove-Muted">{data.why_none}</p>}
      {data && !data.why_none && (
        <ActionButton label={trans.__('Add a server…')} onClick={() => void addOne(wove)} />
      )}
    </section>
  );
}

function Server({ server }: { readonly server: McpServer }): JSX.Element {
  const wove = useWove();
  const trans = useTrans();
  const [isOpen, setOpen] = useState(false);
  const { name, place, tools } = server;
  return (
    <li>
      <span>
        <strong>{name}</strong> <code>{place}</code>
      </span>
      <span className="wove-Muted">
        {server.of === 'administrator' && trans.__('Set up by the administrator. ')}
        {tools.length
          ? trans.__('Agents may ask for: %1', tools.join(', '))
          : trans.__('Agents get none of its tools yet.')}
      </span>
      <span className="wove-Mcp-verbs">
        <button
          type="button"
          className="wove-Link"
          aria-expanded={isOpen}
          aria-label={trans.__('Tools of %1', name)}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? trans.__('Close') : trans.__('Choose tools…')}
        </button>
        {server.of === 'you' && (
          <button
            type="button"
            className="wove-Link"
            aria-label={trans.__('Remove %1', name)}
            onClick={() => void drop(wove, name)}
          >
            {trans.__('Remove…')}
          </button>
        )}
      </span>
      {isOpen && <Tools server={name} onSaved={() => setOpen(false)} />}
    </li>
  );
}

async function addOne(wove: IWove): Promise<void> {
  await askForServer(wove);
  await wove.queries.invalidateQueries({ queryKey: [MCP_SERVERS] });
}

async function drop({ api, queries, trans }: IWove, name: string): Promise<void> {
  const agreed = await confirm(trans, {
    title: trans.__('Remove the MCP server “%1”?', name),
    body: trans.__('Its key and your choice of its tools are forgotten.'),
    accept: trans.__('Remove'),
    danger: true
  });
  if (agreed) {
    await remove(api, name).catch(problem =>
      notifyProblem(trans, trans.__('The server was not removed.'), problem)
    );
    await queries.invalidateQueries({ queryKey: [MCP_SERVERS] });
  }
}
