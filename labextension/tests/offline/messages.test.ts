import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { writeSyncStep1, writeSyncStep2, writeUpdate } from 'y-protocols/sync';
import { Doc, encodeStateAsUpdate } from 'yjs';

import {
  holdsAll,
  isChange,
  readJson,
  readStored,
  saveMessage,
  SYNC
} from '../../src/offline/messages';

function written(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  write(encoder);
  return encoding.toUint8Array(encoder) as Uint8Array;
}

function sync(write: (encoder: encoding.Encoder, doc: Doc) => void): Uint8Array {
  return written(encoder => {
    encoding.writeVarUint(encoder, SYNC);
    write(encoder, new Doc());
  });
}

const QUESTION = sync(writeSyncStep1);
const REST = sync(writeSyncStep2);
const UPDATE = sync((encoder, doc) => writeUpdate(encoder, encodeStateAsUpdate(doc)));

test.each([0, 1, 127, 128, 100_000])('%i frames are on disk', frames => {
  const message = written(encoder => {
    encoding.writeVarUint8Array(encoder, new Uint8Array([1, 2, 3]));
    encoding.writeVarUint(encoder, frames);
  });
  expect(readStored(decoding.createDecoder(message)).frames).toBe(frames);
});

test('what is said in JSON is read with all its letters', () => {
  const message = written(encoder => encoding.writeVarString(encoder, '{"detail":"Größe 🌊"}'));
  expect(readJson(decoding.createDecoder(message))).toEqual({ detail: 'Größe 🌊' });
});

test('what answers a question and what was typed are changes; a question is none', () => {
  expect([QUESTION, REST, UPDATE].map(isChange)).toEqual([false, true, true]);
  expect([QUESTION, REST, UPDATE].map(holdsAll)).toEqual([false, true, false]);
});

test.each([
  [new Uint8Array()],
  [new Uint8Array([1, 1])],
  [new Uint8Array([0])],
  ['\0\x01'],
  [null]
])('nothing else is a change: %p', data => {
  expect([isChange(data), holdsAll(data)]).toEqual([false, false]);
});

test('a wish to save is what the server of jupyter-collaboration reads', () => {
  expect([...saveMessage(1)]).toEqual([2, 4, 115, 97, 118, 101, 1]);
  expect([...saveMessage(300)]).toEqual([2, 4, 115, 97, 118, 101, 0xac, 2]);
});
