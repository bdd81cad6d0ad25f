// Rooms that are only opened, and held open until told to go.
import fs from 'node:fs';

import * as Y from 'yjs';

import { connect, now, sleep } from './connection.mjs';
import { cells, fill } from './notebook.mjs';

const AT_ONCE = 5;
const PAUSE = 2; // milliseconds

// Tells how long it took until the document was there, whole.
export async function open({ server, names: [name], cells: wanted }, { hear, tell }) {
  const began = now();
  const client = await connect(server, name);
  while (cells(client.doc).length < wanted) {
    await sleep(PAUSE);
  }
  const took = now() - began;
  const sources = cells(client.doc).map(cell => cell.get('source').toString());
  tell('open', { took, sources, bytes: Y.encodeStateAsUpdate(client.doc).length });
  await hear();
}

export async function hold({ server, names, notebook }, { hear, tell }) {
  const content = server.kind === 'jupyter' ? null : JSON.parse(fs.readFileSync(notebook));
  const clients = [];
  for (let first = 0; first < names.length; first += AT_ONCE) {
    const some = names.slice(first, first + AT_ONCE).map(name => join(server, name, content));
    clients.push(...(await Promise.all(some)));
  }
  tell('held');
  await hear();
  clients.forEach(client => client.close());
  tell('left');
  await hear();
}

export async function join(server, name, content) {
  const client = await connect(server, name);
  if (content && cells(client.doc).length === 0) {
    fill(client.doc, content);
  }
  return client;
}
