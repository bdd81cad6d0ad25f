/** Asks for an MCP server to add: its name, its address, and what it wants to know one by. */
import React from 'react';

import type { McpServer } from '../api/models';
import type { IWove } from '../tokens';
import { useTrans } from '../ui';
import type { Draft } from '../ui/form';
import { ask, Field } from '../ui/form';
import type { NewServer } from './queries';
import { add } from './queries';

/** Ask, and add it; null if the user cancels. */
export function askForServer(wove: IWove): Promise<McpServer | null> {
  const { trans } = wove;
  return ask<NewServer, McpServer>(wove, {
    title: trans.__('Add an MCP server'),
    accept: trans.__('Add'),
    initial: { name: '', url: '', key: '' },
    fields: draft => <ServerFields {...draft} />,
    send: server => add(wove.api, server)
  });
}

function ServerFields({ value, change }: Draft<NewServer>): JSX.Element {
  const trans = useTrans();
  return (
    <>
      <Field label={trans.__('Name')} hint={trans.__('Small letters, digits and hyphens.')}>
        {ids => (
          <input
            {...ids}
            className="jp-mod-styled"
            required
            maxLength={32}
            pattern="[a-z0-9][a-z0-9\-]*"
            value={value.name}
            onChange={event => change({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={trans.__('Address')} hint={trans.__('Of its streamable HTTP endpoint.')}>
        {ids => (
          <input
            {...ids}
            className="jp-mod-styled"
            type="url"
            required
            maxLength={1024}
            placeholder={trans.__('https://tools.example.org/mcp')}
            value={value.url}
            onChange={event => change({ url: event.target.value })}
          />
        )}
      </Field>
      <Field
        label={trans.__('Key')}
        hint={trans.__(
          'If it wants one. It is kept sealed, sent to this address only, and never shown again.'
        )}
      >
        {ids => (
          <input
            {...ids}
            className="jp-mod-styled"
            type="password"
            autoComplete="off"
            maxLength={4096}
            value={value.key}
            onChange={event => change({ key: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
