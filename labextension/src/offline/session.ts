/** Asks the server which file a path is. */
import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

export interface Session {
  readonly format: string;
  readonly type: string;
  readonly fileId: string;
  readonly sessionId: string;
}

/** Begin to edit a file. Rejects with a ResponseError where it cannot be edited. */
export async function beginSession(
  settings: ServerConnection.ISettings,
  file: { format: string; contentType: string; path: string }
): Promise<Session> {
  const url = URLExt.join(
    settings.baseUrl,
    'api/collaboration/session',
    encodeURIComponent(file.path)
  );
  const body = JSON.stringify({ format: file.format, type: file.contentType });
  const answer = await ServerConnection.makeRequest(url, { method: 'PUT', body }, settings);
  if (!answer.ok) {
    throw await ServerConnection.ResponseError.create(answer);
  }
  return (await answer.json()) as Session;
}
