/** Asks the server for prompts. */
import type { UseQueryResult } from '@tanstack/react-query';
import { keepPreviousData, useQuery } from '@tanstack/react-query';

import type { Api } from '../api/client';
import { unwrap } from '../api/client';
import type {
  Estimate,
  PromptCard,
  PromptContent,
  PromptDiff,
  PromptVersion,
  Rendered,
  Rendering
} from '../api/models';
import { notifyProblem, useWove } from '../ui';

export interface Wanted {
  readonly words: string;
  readonly whose: 'all' | 'mine';
  readonly order: 'votes' | 'new';
  readonly output: Output | '';
  readonly useCase: string;
  readonly stack: string;
}

/** What an answer is, as far as a prompt says it. */
export const OUTPUTS = ['text', 'markdown', 'code', 'json', 'cell', 'diff', 'score'] as const;
export type Output = (typeof OUTPUTS)[number];

export const ANYTHING: Wanted = {
  words: '',
  whose: 'all',
  order: 'votes',
  output: '',
  useCase: '',
  stack: ''
};

export function isNarrowed({ words, output, useCase, stack }: Wanted): boolean {
  return [words, output, useCase, stack].some(each => each !== '');
}

export type Foreign = 'copilot' | 'skill' | 'langfuse' | 'langchain' | 'promptfoo';
export type Format = 'wove' | Foreign;
export const FORMATS: readonly Format[] = [
  'wove',
  'copilot',
  'skill',
  'langfuse',
  'langchain',
  'promptfoo'
];

export const NEW = `---
name: my-prompt
description: Says what it is for.
inputs:
  topic: {type: string}
---
Explain {{topic}} in two sentences.
`;

export function usePrompts(wanted: Wanted): UseQueryResult<PromptCard[]> {
  const { api } = useWove();
  return useQuery({
    queryKey: ['prompts', 'found', wanted],
    queryFn: ({ signal }) => found(api, wanted, signal),
    placeholderData: keepPreviousData
  });
}

async function found(api: Api, wanted: Wanted, signal: AbortSignal): Promise<PromptCard[]> {
  const { words, whose, order, output, useCase, stack } = wanted;
  const narrowed = { words, output, use_case: useCase, stack };
  const query = { ...narrowed, order, mine: whose === 'mine', limit: 60 };
  const page = await unwrap(api.GET('/wove/api/prompts', { params: { query }, signal }));
  return page.items;
}

export function usePrompt(id: string): UseQueryResult<PromptCard> {
  const { api } = useWove();
  const params = { path: { prompt_id: id } };
  return useQuery({
    queryKey: ['prompts', id],
    queryFn: () => unwrap(api.GET('/wove/api/prompts/{prompt_id}', { params }))
  });
}

export function useContent(id: string, which: string): UseQueryResult<PromptContent> {
  const { api } = useWove();
  const params = { path: { prompt_id: id, which } };
  return useQuery({
    queryKey: ['prompts', id, 'content', which],
    queryFn: () => unwrap(api.GET('/wove/api/prompts/{prompt_id}/versions/{which}', { params }))
  });
}

export function useVersions(id: string): UseQueryResult<PromptVersion[]> {
  const { api } = useWove();
  const params = { path: { prompt_id: id } };
  return useQuery({
    queryKey: ['prompts', id, 'versions'],
    queryFn: async () =>
      (await unwrap(api.GET('/wove/api/prompts/{prompt_id}/versions', { params }))).items
  });
}

export function useDiff(id: string, base: string, head: string): UseQueryResult<PromptDiff> {
  const { api } = useWove();
  const params = { path: { prompt_id: id }, query: { base, head } };
  return useQuery({
    queryKey: ['prompts', id, 'diff', base, head],
    queryFn: () => unwrap(api.GET('/wove/api/prompts/{prompt_id}/diff', { params }))
  });
}

export function rendered(
  api: Api,
  id: string,
  which: string,
  body: Rendering,
  signal?: AbortSignal
): Promise<Rendered> {
  const params = { path: { prompt_id: id, which } };
  const path = '/wove/api/prompts/{prompt_id}/versions/{which}/render' as const;
  return unwrap(api.POST(path, { params, body, ...(signal && { signal }) }));
}

/** What each model would take to read it. */
export function useEstimates(text: string): UseQueryResult<Estimate[]> {
  const { api } = useWove();
  return useQuery({
    queryKey: ['estimates', text],
    queryFn: () => unwrap(api.POST('/wove/api/ai/estimates', { body: { text } })),
    enabled: text !== '',
    placeholderData: keepPreviousData
  });
}

/** Add a prompt; or a version of one, which must go on from the one that was read. */
export async function save(
  api: Api,
  file: string,
  note: string,
  known: { readonly id: string; readonly base: string } | null
): Promise<string> {
  if (!known) {
    const made = await unwrap(api.POST('/wove/api/prompts', { body: { file, note } }));
    return made.id;
  }
  const params = { path: { prompt_id: known.id } };
  const body = { file, note, base: known.base };
  await unwrap(api.POST('/wove/api/prompts/{prompt_id}/versions', { params, body }));
  return known.id;
}

/** Suggest a file to those who may write on a prompt. */
export async function suggest(
  api: Api,
  file: string,
  note: string,
  known: { readonly id: string; readonly base: string }
): Promise<void> {
  const params = { path: { prompt_id: known.id } };
  const body = { file, note, base: known.base };
  await unwrap(api.POST('/wove/api/prompts/{prompt_id}/changes', { params, body }));
}

/** A way to wait for work on a prompt, and to show what is said against it; tells if it was done. */
export function useAct(id: string): (work: Promise<unknown>, words: string) => Promise<boolean> {
  const { queries, trans } = useWove();
  return async (work, words) => {
    let isDone = true;
    await work.catch(error => {
      isDone = false;
      notifyProblem(trans, words, error);
    });
    await queries.invalidateQueries({ queryKey: ['prompts', id] });
    return isDone;
  };
}

/** Guess what a file was written for: by its name, then by how it begins. */
export function formatOf(name: string, text: string): Format {
  if (/SKILL\.md$/i.test(name)) {
    return 'skill';
  }
  if (/\.prompt\.md$/i.test(name)) {
    return 'copilot';
  }
  if (/\.ya?ml$/i.test(name)) {
    return 'promptfoo';
  }
  if (/\.json$/i.test(name)) {
    return /"lc"\s*:/.test(text) ? 'langchain' : 'langfuse';
  }
  return 'wove';
}

/** What is said to a model in one message: who speaks is told where it is not the user. */
export function asMessage({ messages }: Rendered): string {
  return messages
    .filter(({ role, content }) => role !== 'messages' && content.trim() !== '')
    .map(({ content }) => content.trim())
    .join('\n\n');
}
