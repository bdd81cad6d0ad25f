// When each letter was typed, when each of the others saw it, and when the server said it is stored.
import * as Y from 'yjs';

import { now } from './connection.mjs';

export class Journal {
  constructor(people) {
    this.people = people;
    this.seen = [];
    this.acknowledged = [];
    this.pages = people.map(person => page(person.doc));
    this.byClient = new Map(this.pages.map(each => [each.client, each]));
    this.listeners = people.map(person => this.listen(person));
  }

  // One letter is one step of the clock of its author's document.
  note(who, insert) {
    this.pages[who].at.push(now());
    insert();
  }

  get sent() {
    return this.pages.reduce((sum, { at }) => sum + at.length, 0);
  }

  get isDelivered() {
    return this.seen.length >= this.sent * (this.people.length - 1);
  }

  listen(person) {
    const listener = transaction => transaction.local || this.receive(transaction);
    person.doc.on('afterTransaction', listener);
    person.stored = vector => this.store(this.byClient.get(person.doc.clientID), vector);
    return listener;
  }

  receive({ beforeState, afterState }) {
    const time = now();
    for (const { client, first, at } of this.pages) {
      const end = (afterState.get(client) ?? 0) - first;
      for (let number = (beforeState.get(client) ?? 0) - first; number < end; number++) {
        if (number >= 0) {
          this.seen.push(time - at[number]);
        }
      }
    }
  }

  store(own, vector) {
    const time = now();
    const stored = Math.min((vector.get(own.client) ?? 0) - own.first, own.at.length);
    for (; own.stored < stored; own.stored++) {
      this.acknowledged.push(time - own.at[own.stored]);
    }
  }

  close() {
    this.people.forEach((person, number) => {
      person.doc.off('afterTransaction', this.listeners[number]);
      person.stored = () => {};
    });
  }

  summary() {
    const { sent } = this;
    const expected = sent * (this.people.length - 1);
    const acknowledged = quantile(this.acknowledged, 0.95);
    const p50 = quantile(this.seen, 0.5);
    return {
      sent,
      expected,
      delivered: this.seen.length,
      p50,
      p99: quantile(this.seen, 0.99),
      acknowledged
    };
  }

  stamps() {
    return this.pages;
  }
}

function page(doc) {
  return { client: doc.clientID, first: Y.getState(doc.store, doc.clientID), at: [], stored: 0 };
}

function quantile(values, share) {
  const sorted = Float64Array.from(values).sort();
  return sorted.length
    ? sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
    : null;
}
