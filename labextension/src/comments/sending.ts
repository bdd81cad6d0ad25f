/** What the user says and does, sent to the server; it comes back to everybody over the line. */
import type { Api } from '../api/client';
import { unwrap } from '../api/client';
import type { Discussion, Thread } from '../api/models';
import type { Target } from './model';

/** Ask for all comments of a file. */
export function ask(api: Api, path: string): Promise<Discussion> {
  return unwrap(api.GET('/wove/api/comments', { params: { query: { path } } }));
}

/** Begin a thread; the same `key` begins it once, however often it is sent. */
export function begin(
  api: Api,
  path: string,
  { cell, quote }: Target,
  text: string,
  key: string
): Promise<Thread> {
  const params = { query: { path }, header: { 'Idempotency-Key': key } };
  const body = { text, ...(cell !== null && { cell }), ...(quote && { quote }) };
  return unwrap(api.POST('/wove/api/comments', { params, body }));
}

export function reply(
  api: Api,
  path: string,
  { id }: Thread,
  text: string,
  key: string
): Promise<Thread> {
  const params = {
    path: { thread_id: id },
    query: { path },
    header: { 'Idempotency-Key': key }
  };
  return unwrap(api.POST('/wove/api/comments/{thread_id}/messages', { params, body: { text } }));
}

export function change(
  api: Api,
  path: string,
  { id }: Thread,
  message: string,
  text: string
): Promise<Thread> {
  const params = { path: { thread_id: id, message_id: message }, query: { path } };
  const body = { text };
  return unwrap(
    api.PATCH('/wove/api/comments/{thread_id}/messages/{message_id}', { params, body })
  );
}

export async function remove(
  api: Api,
  path: string,
  { id }: Thread,
  message: string
): Promise<void> {
  const params = { path: { thread_id: id, message_id: message }, query: { path } };
  await api.DELETE('/wove/api/comments/{thread_id}/messages/{message_id}', { params });
}

/** Say that a thread is settled, or that it is not. */
export function settle(
  api: Api,
  path: string,
  { id }: Thread,
  isSettled: boolean
): Promise<Thread> {
  const call = { params: { path: { thread_id: id }, query: { path } } };
  return unwrap(
    isSettled
      ? api.PUT('/wove/api/comments/{thread_id}/resolution', call)
      : api.DELETE('/wove/api/comments/{thread_id}/resolution', call)
  );
}
