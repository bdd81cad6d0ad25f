// People who type in one notebook, each at their own connection, at a rate that waits for nobody.
import fs from 'node:fs';

import { now, sleep } from './connection.mjs';
import { Journal } from './journal.mjs';
import { cells, source } from './notebook.mjs';
import { join } from './rooms.mjs';

const AT_ONCE = 10;
const LETTERS = 'abcdefghij';
const WARM_UP = { rate: 20, seconds: 2, patience: 10 };
const EQUAL_WITHIN = 10_000; // milliseconds

export async function type(task, { hear, tell }) {
  const people = await gather(task);
  await phase(people, { ...WARM_UP, cursors: task.cursors });
  await allEqual(people);
  const before = lengths(people[0]);
  tell('ready', { before });
  await hear();
  const { journal, typed, late } = await phase(people, task);
  tell('done', { ...journal.summary(), late });
  await hear();
  const isEqual =
    (await allEqual(people)) && lengths(people[0]).every((n, i) => n === before[i] + typed[i]);
  tell('report', { isEqual, people: task.stamps ? journal.stamps() : [] });
  await hear();
}

async function gather({ server, names: [name], clients, notebook, cursors }) {
  const content = server.kind === 'jupyter' ? null : JSON.parse(fs.readFileSync(notebook));
  const people = [await join(server, name, content)];
  while (people.length < clients) {
    const many = Math.min(AT_ONCE, clients - people.length);
    people.push(
      ...(await Promise.all(Array.from({ length: many }, () => join(server, name, null))))
    );
  }
  if (cursors) {
    people.forEach(({ awareness }, number) =>
      awareness.setLocalStateField('user', { name: `Person ${number}` })
    );
  }
  await until(() => people.every(({ doc }) => cells(doc).length > 0), EQUAL_WITHIN);
  return people;
}

async function phase(people, { rate, seconds, cursors, patience }) {
  const journal = new Journal(people);
  const typed = lengths(people[0]).map(() => 0);
  const late = [];
  const began = now();
  for (let number = 0; number < rate * seconds; number++) {
    const due = began + (number * 1000) / rate;
    await (due - now() > 1 ? sleep(due - now()) : new Promise(setImmediate));
    late.push(now() - due);
    const who = number % people.length;
    const cell = who % typed.length;
    journal.note(who, () => insert(people[who], cell, Math.floor(number / people.length)));
    typed[cell] += 1;
    if (cursors) {
      const at = { anchor: number, head: number };
      people[who].awareness.setLocalStateField('cursors', [at]);
    }
  }
  await until(() => journal.isDelivered, patience * 1000);
  journal.close();
  return { journal, typed, late: late.sort((a, b) => a - b)[Math.floor(late.length * 0.99)] };
}

function insert({ doc }, cell, number) {
  const text = source(doc, cell);
  text.insert(text.length, LETTERS[number % LETTERS.length]);
}

const lengths = ({ doc }) => cells(doc).map(cell => cell.get('source').length);

function allEqual(people) {
  return until(
    () => new Set(people.map(({ doc }) => JSON.stringify(cells(doc)))).size === 1,
    EQUAL_WITHIN
  );
}

async function until(isSo, milliseconds) {
  const end = now() + milliseconds;
  while (!isSo()) {
    if (now() > end) {
      return false;
    }
    await sleep(20);
  }
  return true;
}
