/** The tools of an MCP server, to be read, and let in or not. */
import { useQuery } from '@tanstack/react-query';
import React, { useState } from 'react';

import type { McpTool } from '../api/models';
import type { IWove } from '../tokens';
import { ActionButton, Busy, ErrorState, notifyProblem, useTrans, useWove } from '../ui';
import { choose, MCP_SERVERS, toolsOf } from './queries';

interface ToolsProps {
  readonly server: string;
  readonly onSaved: () => void;
}

export function Tools({ server, onSaved }: ToolsProps): JSX.Element {
  const { api } = useWove();
  const { data, error, refetch, isFetching } = useQuery({ ...toolsOf(api, server), gcTime: 0 });
  if (error && !isFetching) {
    return <ErrorState problem={error} onRetry={() => void refetch()} />;
  }
  return data ? <Choice server={server} tools={data} onSaved={onSaved} /> : <Busy />;
}

interface ChoiceProps extends ToolsProps {
  readonly tools: readonly McpTool[];
}

function Choice({ server, tools, onSaved }: ChoiceProps): JSX.Element {
  const wove = useWove();
  const trans = useTrans();
  const [chosen, setChosen] = useState(() => new Set(tools.filter(each => each.is_on)));
  const [busy, setBusy] = useState(false);
  const set = (tool: McpTool, on: boolean): void =>
    setChosen(new Set(tools.filter(each => (each === tool ? on : chosen.has(each)))));
  const save = async (): Promise<void> => {
    setBusy(true);
    if (await saved(wove, server, [...chosen])) {
      onSaved();
    }
    setBusy(false);
  };
  if (tools.length === 0) {
    return <p className="wove-Muted">{trans.__('It offers no tools.')}</p>;
  }
  return (
    <fieldset className="wove-Mcp-tools" disabled={busy}>
      <legend>{trans.__('What agents may ask for')}</legend>
      {tools.map(each => (
        <Tool key={each.name} tool={each} isOn={chosen.has(each)} onChange={on => set(each, on)} />
      ))}
      <ActionButton
        label={trans.__('Let agents ask for these')}
        primary
        disabled={busy}
        onClick={() => void save()}
      />
    </fieldset>
  );
}

interface ToolProps {
  readonly tool: McpTool;
  readonly isOn: boolean;
  readonly onChange: (on: boolean) => void;
}

function Tool({ tool, isOn, onChange }: ToolProps): JSX.Element {
  const trans = useTrans();
  return (
    <div className="wove-Mcp-tool">
      <label>
        <input type="checkbox" checked={isOn} onChange={event => onChange(event.target.checked)} />
        <code>{tool.name}</code>
      </label>
      <p>{tool.about}</p>
      {tool.was !== null && (
        <p className="wove-Mcp-changed" role="note">
          {trans.__('It has changed since you let agents ask for it. It said: %1', tool.was)}
        </p>
      )}
      <details>
        <summary>{trans.__('What it is told')}</summary>
        <pre>{JSON.stringify(tool.arguments, null, 2)}</pre>
      </details>
    </div>
  );
}

async function saved(
  { api, queries, trans }: IWove,
  server: string,
  tools: McpTool[]
): Promise<boolean> {
  try {
    await choose(api, server, tools);
    return true;
  } catch (problem) {
    notifyProblem(trans, trans.__('Your choice was not saved.'), problem);
    return false;
  } finally {
    await queries.invalidateQueries({ queryKey: [MCP_SERVERS] });
  }
}
