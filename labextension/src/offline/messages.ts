/** What the server of Wove says in a room besides what Yjs says. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { decodeStateVector } from 'yjs';

export const SYNC = 0;
export const RAW = 2;
export const STORED = 100;
export const WELCOME = 101;
export const REFUSED = 102;
export const NOTICE = 103;

/** Why a connection was ended for good, or until somebody asks who may do what. */
export const REPLACED = 4410;
export const CHANGED_ROLE = 4403;
export const UNREADABLE = [4400, 4404, 4500];
export const EXPIRED = 1003;

export type Role = 'owner' | 'editor' | 'commenter' | 'viewer';

export interface Welcome {
  readonly epoch: string;
  readonly role: Role;
}

export interface SaveReply {
  readonly type: 'save';
  readonly responseTo: number;
  readonly status: 'success' | 'skipped' | 'failed';
}

export interface Stored {
  /** The state vector of what is on the server's disk. */
  readonly state: Uint8Array;
  /** How many changes of this connection are. */
  readonly frames: number;
}

export function readStored(decoder: decoding.Decoder): Stored {
  const state = decoding.readVarUint8Array(decoder) as Uint8Array;
  return { state, frames: Number(decoding.readVarUint(decoder)) };
}

/** Whether a server has less than it had: its database was put back to an earlier day. */
export function isBehind(server: Uint8Array, known: Uint8Array): boolean {
  const has = decodeStateVector(server);
  return [...decodeStateVector(known)].some(([client, clock]) => (has.get(client) ?? 0) < clock);
}

export function readJson<T>(decoder: decoding.Decoder): T {
  return JSON.parse(decoding.readVarString(decoder)) as T;
}

/** Ask the server to write the file now. */
export function saveMessage(id: number): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, RAW);
  encoding.writeVarString(encoder, 'save');
  encoding.writeVarUint(encoder, id);
  return encoding.toUint8Array(encoder) as Uint8Array;
}

/** Whether bytes on their way to the server change the document. */
export function isChange(data: unknown): boolean {
  return data instanceof Uint8Array && data[0] === SYNC && (data[1] === 1 || data[1] === 2);
}

/** Whether bytes on their way to the server hold all that it has not (sync step 2). */
export function holdsAll(data: unknown): boolean {
  return data instanceof Uint8Array && data[0] === SYNC && data[1] === 1;
}
