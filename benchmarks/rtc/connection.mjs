// One Yjs document with one connection, to a server of whichever kind.
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { readVarUint8Array } from 'lib0/decoding';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

const PATIENCE = 90_000; // milliseconds
const STORED = 100; // the messages that only our server sends
const OURS = [101, 102];

export const now = () => performance.timeOrigin + performance.now();
export const sleep = milliseconds => new Promise(done => setTimeout(done, milliseconds));

export async function connect(server, name) {
  const doc = new Y.Doc();
  const client =
    server.kind === 'hocuspocus' ? byHocuspocus(server, name, doc) : await byYjs(server, name, doc);
  await within(client.synced, `${name} was not synced.`);
  return client;
}

function byHocuspocus(server, name, doc) {
  const socket = new HocuspocusProviderWebsocket({ url: server.url, WebSocketPolyfill: WebSocket });
  const provider = new HocuspocusProvider({ websocketProvider: socket, name, document: doc });
  const synced = new Promise(done => provider.on('synced', done));
  provider.attach();
  const close = () => {
    provider.destroy();
    socket.destroy();
  };
  return { doc, awareness: provider.awareness, synced, close };
}

async function byYjs(server, name, doc) {
  const { base, room, params } = await address(server, name);
  const options = { WebSocketPolyfill: WebSocket, disableBc: true, connect: false, params };
  const provider = new WebsocketProvider(base, room, doc, options);
  const { awareness } = provider;
  const client = { doc, awareness, close: () => provider.destroy(), stored: () => {} };
  // Looked up when a message comes: who wants to know what is stored says so later.
  provider.messageHandlers[STORED] = (_, decoder) =>
    client.stored(Y.decodeStateVector(readVarUint8Array(decoder)));
  OURS.forEach(type => (provider.messageHandlers[type] = () => {}));
  client.synced = new Promise(done => provider.on('sync', isSynced => isSynced && done()));
  provider.connect();
  return client;
}

async function address(server, name) {
  if (server.kind === 'yjs') {
    return { base: server.url, room: name, params: {} };
  }
  const session = await fetch(`${server.url}/api/collaboration/session/${name}.ipynb`, {
    method: 'PUT',
    headers: { Authorization: `token ${server.token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ format: 'json', type: 'notebook' })
  });
  if (!session.ok) {
    throw new Error(`${name}: ${session.status} ${await session.text()}`);
  }
  const { fileId, sessionId } = await session.json();
  const base = `${server.url.replace('http', 'ws')}/api/collaboration/room`;
  const params = { sessionId, token: server.token, ...server.params };
  return { base, room: `json:notebook:${fileId}`, params };
}

async function within(promise, complaint) {
  let timer;
  const late = new Promise((_, refuse) => {
    timer = setTimeout(() => refuse(new Error(complaint)), PATIENCE);
  });
  await Promise.race([promise, late]);
  clearTimeout(timer);
}
