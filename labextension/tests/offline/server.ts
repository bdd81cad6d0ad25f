/** The server's side of a room, in memory: its history, and the lines to those who are in it. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs';

import type { Role } from '../../src/offline/messages';
import { RAW, REPLACED, STORED, SYNC, WELCOME } from '../../src/offline/messages';
import { Line } from './line';

const DROPPED = 1006;

/** Says what a room of Wove says; when it stores and answers, the test decides. */
export class RoomServer {
  doc = new Doc();
  epoch = 'first';
  role: Role = 'owner';
  isAway = false;
  /** Whether it keeps to itself what the document holds. */
  isSilent = false;
  /** Whether what it is sent is lost on the way. */
  isDeaf = false;
  /** The address of each try to connect. */
  readonly addresses: URL[] = [];
  /** The numbers of the saves that were asked for. */
  readonly saves: number[] = [];
  /** How many changes came over the newest connection. */
  changes = 0;

  constructor(text = '') {
    this.begin(text);
  }

  /** What the document holds here. */
  get text(): string {
    return this.doc.getText('source').toJSON();
  }

  /** The class of sockets that lead here, for the settings of a connection. */
  get WebSocket(): typeof WebSocket {
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    const server = this;
    const lines = class extends Line {
      constructor(url: string) {
        super(url, server);
      }
    };
    return lines as unknown as typeof WebSocket;
  }

  /** Begin another history, as a server does that lost its database. */
  replace(text: string): void {
    this.epoch = 'second';
    this.begin(text);
  }

  /** Go back to what there was at an earlier time, as a server whose backup was put back. */
  restore(backup: Uint8Array): void {
    this.begin('', backup);
  }

  /** All that there is now. */
  get backup(): Uint8Array {
    return encodeStateAsUpdate(this.doc);
  }

  /** Somebody knocks. */
  answer(line: Line): void {
    this.addresses.push(new URL(line.url));
    if (this.isAway) {
      line.drop(DROPPED);
      return;
    }
    this.line = line;
    this.changes = 0;
    line.open();
    const known = new URL(line.url).searchParams.get('epoch') ?? this.epoch;
    if (known === this.epoch) {
      this.welcome();
      line.listen();
    } else {
      line.drop(REPLACED, 'replaced');
    }
  }

  /** End the connection from here. */
  drop(code = DROPPED, reason = ''): void {
    this.line?.drop(code, reason);
  }

  /** Say that so many changes of the connection are on disk. */
  store(frames = this.changes): void {
    this.say(STORED, encoder => {
      encoding.writeVarUint8Array(encoder, encodeStateVector(this.doc));
      encoding.writeVarUint(encoder, frames);
    });
  }

  /** Say something that is written as JSON. */
  tell(kind: number, said: object): void {
    this.say(kind, encoder => encoding.writeVarString(encoder, JSON.stringify(said)));
  }

  /** Take what comes over a line. */
  take(data: Uint8Array): void {
    if (this.isDeaf) {
      return;
    }
    const decoder = decoding.createDecoder(data);
    const kind = decoding.readVarUint(decoder);
    if (kind === SYNC) {
      this.sync(decoder, data);
    } else if (kind === RAW) {
      decoding.readVarString(decoder);
      this.saves.push(decoding.readVarUint(decoder));
    }
  }

  private begin(text: string, backup?: Uint8Array): void {
    this.doc = new Doc();
    if (backup) {
      applyUpdate(this.doc, backup);
    }
    this.doc.getText('source').insert(0, text);
    this.doc.on('update', (update: Uint8Array) =>
      this.say(SYNC, encoder => writeUpdate(encoder, update))
    );
  }

  private welcome(): void {
    this.tell(WELCOME, { epoch: this.epoch, role: this.role });
    this.store(0);
    this.say(SYNC, encoder => writeSyncStep1(encoder, this.doc));
  }

  private sync(decoder: decoding.Decoder, data: Uint8Array): void {
    const isQuestion = data[1] === 0;
    if (isQuestion ? this.isSilent : this.role === 'viewer') {
      return;
    }
    this.changes += isQuestion ? 0 : 1;
    this.say(SYNC, encoder => readSyncMessage(decoder, encoder, this.doc, this));
  }

  private say(kind: number, write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, kind);
    write(encoder);
    if (encoding.length(encoder) > 1) {
      this.line?.deliver(encoding.toUint8Array(encoder) as Uint8Array);
    }
  }

  private line: Line | null = null;
}
