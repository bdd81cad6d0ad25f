/** What the server is asked about suggestions. */
import type { Api } from '../api/client';
import { unwrap } from '../api/client';
import type { SuggestedChange, Suggestion } from '../api/models';

export interface Decided {
  readonly decision: string;
  readonly suggestion: Suggestion;
}

/** The open suggestions for a file. */
export function suggestions(api: Api, path: string): Promise<Suggestion[]> {
  return unwrap(api.GET('/wove/api/suggestions', { params: { query: { path } } }));
}

export function begin(api: Api, path: string): Promise<Suggestion> {
  return unwrap(api.POST('/wove/api/suggestions', { body: { path } }));
}

/** Take in what others did, and tell them what is suggested now. */
export function sync(api: Api, id: string): Promise<Suggestion> {
  return unwrap(api.POST('/wove/api/suggestions/{suggestion_id}/sync', at(id)));
}

export function accept(
  api: Api,
  id: string,
  changes: readonly SuggestedChange[],
  anyway: boolean
): Promise<Decided> {
  const body = { changes: revisions(changes), anyway };
  return unwrap(api.POST('/wove/api/suggestions/{suggestion_id}/accept', { ...at(id), body }));
}

export function reject(
  api: Api,
  id: string,
  changes: readonly SuggestedChange[]
): Promise<Decided> {
  const body = { changes: revisions(changes) };
  return unwrap(api.POST('/wove/api/suggestions/{suggestion_id}/reject', { ...at(id), body }));
}

export function undo(api: Api, id: string, decision: string): Promise<Suggestion> {
  const params = { path: { suggestion_id: id, decision_id: decision } };
  return unwrap(
    api.POST('/wove/api/suggestions/{suggestion_id}/decisions/{decision_id}/undo', { params })
  );
}

export async function withdraw(api: Api, id: string): Promise<void> {
  await unwrap(api.DELETE('/wove/api/suggestions/{suggestion_id}', at(id)));
}

function at(id: string): { params: { path: { suggestion_id: string } } } {
  return { params: { path: { suggestion_id: id } } };
}

function revisions(changes: readonly SuggestedChange[]): Record<string, string> {
  return Object.fromEntries(changes.map(({ cell, revision }) => [cell, revision]));
}
