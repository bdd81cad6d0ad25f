// Does one task as real Yjs clients. The task is the first line it reads; what it tells are lines of JSON.
import readline from 'node:readline';

import { hold, open } from './rooms.mjs';
import { type } from './typing.mjs';

const lines = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const hear = async () => (await lines.next()).value;
const tell = (event, told = {}) => console.log(JSON.stringify({ event, ...told }));

const task = JSON.parse(await hear());
await { hold, open, type }[task.does](task, { hear, tell });
process.exit(0);
