/** What is asked of MCP servers, and where the cache keeps the answers. */
import type { Api } from '../api/client';
import { unwrap } from '../api/client';
import type { McpServer, McpServerList, McpTool } from '../api/models';
import type { Ask } from '../projects/queries';

export const MCP_SERVERS = 'mcp-servers';

export interface NewServer {
  readonly name: string;
  readonly url: string;
  readonly key: string;
}

export function servers(api: Api): Ask<McpServerList> {
  return {
    queryKey: [MCP_SERVERS],
    queryFn: ({ signal }) => unwrap(api.GET('/wove/api/ai/mcp-servers', { signal }))
  };
}

/** The tools of a server; it is asked for them each time somebody looks. */
export function toolsOf(api: Api, name: string): Ask<McpTool[]> {
  const params = { path: { name } };
  return {
    queryKey: [MCP_SERVERS, name],
    queryFn: ({ signal }) =>
      unwrap(api.POST('/wove/api/ai/mcp-servers/{name}/tools', { params, signal }))
  };
}

export function add(api: Api, server: NewServer): Promise<McpServer> {
  return unwrap(api.POST('/wove/api/ai/mcp-servers', { body: server }));
}

export async function remove(api: Api, name: string): Promise<void> {
  await unwrap(api.DELETE('/wove/api/ai/mcp-servers/{name}', { params: { path: { name } } }));
}

/** Let agents ask for these tools, as they were read, and for no others of the server. */
export function choose(api: Api, name: string, tools: readonly McpTool[]): Promise<McpServer> {
  const body = { tools: tools.map(({ name: tool, digest }) => ({ name: tool, digest })) };
  const params = { path: { name } };
  return unwrap(api.PUT('/wove/api/ai/mcp-servers/{name}/tools', { params, body }));
}
