/** One way to the server: signed in as Jupyter's user, traceable, failing as a ProblemError. */
import { ServerConnection } from '@jupyterlab/services';
import { UUID } from '@lumino/coreutils';

import { ProblemError } from './problem';

/** The header that carries one id from the browser to the log. */
export const REQUEST_ID = 'X-Request-ID';

/** Send a request; give its response if it is a success, else throw a ProblemError. */
export type Send = (request: Request) => Promise<Response>;

/** Make the sender for a Jupyter server. */
export function createSend(settings: ServerConnection.ISettings): Send {
  return async request => {
    const id = request.headers.get(REQUEST_ID) ?? UUID.uuid4();
    const response = await answer(request, id, settings);
    if (!response.ok) {
      throw await ProblemError.fromResponse(response, id);
    }
    return response;
  };
}

async function answer(
  request: Request,
  id: string,
  settings: ServerConnection.ISettings
): Promise<Response> {
  const init = await asInit(request, id);
  try {
    return await ServerConnection.makeRequest(request.url, init, settings);
  } catch (error) {
    request.signal.throwIfAborted();
    if (error instanceof ServerConnection.NetworkError) {
      throw ProblemError.noAnswer(request.url, id);
    }
    throw error;
  }
}

async function asInit(request: Request, id: string): Promise<RequestInit> {
  const headers = new Headers(request.headers);
  headers.set(REQUEST_ID, id);
  const body = /^(GET|HEAD)$/.test(request.method) ? null : await request.blob();
  return {
    method: request.method,
    headers,
    body: body?.size ? body : null,
    // `no-store` would make Jupyter add a time stamp to the query, which the contract refuses.
    cache: 'no-cache',
    signal: request.signal
  };
}
