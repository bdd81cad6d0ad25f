/** What the server knows of what became of answers, and of experiments. */
import type { UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';

import type { Api } from '../api/client';
import { unwrap } from '../api/client';
import type {
  Experiment,
  OutcomeChoice,
  OutcomeReport,
  Plot,
  PromptCard,
  VariantResult
} from '../api/models';
import { useWove } from '../ui';

export const PERIODS = [30, 90, 365] as const;
export const CHOICE = ['outcome-choice'];

export type Days = (typeof PERIODS)[number];

const BY = { prompt: '/wove/api/prompts/{prompt_id}' } as const;

/** Find a prompt by its address, such as `ann/mend`. */
export function usePrompt(name: string): UseQueryResult<PromptCard> {
  const { api } = useWove();
  const [owner = '', short = ''] = name.split('/');
  return useQuery({
    queryKey: ['prompt', name],
    queryFn: ({ signal }) => {
      const params = { path: { owner, name: short } };
      return unwrap(api.GET('/wove/api/people/{owner}/prompts/{name}', { params, signal }));
    }
  });
}

/** What became of the answers of each version. */
export function useOutcomes(promptId: string, days: Days): UseQueryResult<OutcomeReport> {
  const { api } = useWove();
  return useQuery({
    queryKey: ['outcomes', promptId, days],
    queryFn: ({ signal }) => {
      const params = { path: { prompt_id: promptId }, query: { days } };
      return unwrap(api.GET(`${BY.prompt}/outcomes`, { params, signal }));
    }
  });
}

/** The same as plots, week by week. */
export function usePlots(promptId: string, days: Days): UseQueryResult<Plot[]> {
  const { api } = useWove();
  return useQuery({
    queryKey: ['outcome-plots', promptId, days],
    queryFn: ({ signal }) => {
      const params = { path: { prompt_id: promptId }, query: { days } };
      return unwrap(api.GET(`${BY.prompt}/outcomes/plots`, { params, signal }));
    }
  });
}

/** The experiments on a prompt, newest first. */
export function useExperiments(promptId: string): UseQueryResult<Experiment[]> {
  const { api } = useWove();
  return useQuery({
    queryKey: experimentsKey(promptId),
    queryFn: ({ signal }) => {
      const params = { path: { prompt_id: promptId } };
      return unwrap(api.GET(`${BY.prompt}/experiments`, { params, signal }));
    }
  });
}

/** How the versions in an experiment compare. */
export function useResults(promptId: string, id: string): UseQueryResult<VariantResult[]> {
  const { api } = useWove();
  return useQuery({
    queryKey: [...experimentsKey(promptId), id],
    queryFn: ({ signal }) => {
      const params = { path: { prompt_id: promptId, experiment_id: id } };
      return unwrap(
        api.GET(`${BY.prompt}/experiments/{experiment_id}/results`, { params, signal })
      );
    }
  });
}

export function experimentsKey(promptId: string): string[] {
  return ['experiments', promptId];
}

/** Move the label to a version for everybody. */
export function promote(
  api: Api,
  promptId: string,
  id: string,
  version: string
): Promise<unknown> {
  const params = { path: { prompt_id: promptId, experiment_id: id } };
  const options = { params, body: { version } };
  return unwrap(api.POST(`${BY.prompt}/experiments/{experiment_id}/promote`, options));
}

/** Put the label back to where it was. */
export function rollBack(api: Api, promptId: string, id: string): Promise<unknown> {
  const params = { path: { prompt_id: promptId, experiment_id: id } };
  return unwrap(api.POST(`${BY.prompt}/experiments/{experiment_id}/roll-back`, { params }));
}

/** End an experiment; everybody gets what the label means. */
export function stop(api: Api, promptId: string, id: string): Promise<unknown> {
  const params = { path: { prompt_id: promptId, experiment_id: id } };
  return unwrap(api.POST(`${BY.prompt}/experiments/{experiment_id}/stop`, { params }));
}

/** Whether what becomes of one's answers is recorded. */
export function useChoice(): UseQueryResult<OutcomeChoice> {
  const { api } = useWove();
  return useQuery({
    queryKey: CHOICE,
    queryFn: ({ signal }) => unwrap(api.GET('/wove/api/ai/outcomes', { signal }))
  });
}

/** Have it recorded or not; delete what there is, if wanted. */
export function choose(api: Api, isRecorded: boolean, forget = false): Promise<OutcomeChoice> {
  const body = { is_recorded: isRecorded, forget };
  return unwrap(api.PUT('/wove/api/ai/outcomes', { body }));
}
