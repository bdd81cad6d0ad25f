/** What can be asked about a cell, in words; the server knows what each means to a model. */
import type { TranslationBundle } from '@jupyterlab/translation';

export const TASKS = ['explain', 'fix', 'improve', 'document', 'test'] as const;

export type Task = (typeof TASKS)[number];

/** What the command says. */
export function labels(
  trans: TranslationBundle,
  task: Task
): { readonly label: string; readonly caption: string } {
  switch (task) {
    case 'explain':
      return { label: trans.__('Explain Cell'), caption: trans.__('Say what it does, and how') };
    case 'fix':
      return { label: trans.__('Fix Cell'), caption: trans.__('Suggest what mends its error') };
    case 'improve':
      return {
        label: trans.__('Improve Cell'),
        caption: trans.__('Suggest the same, plainer or faster')
      };
    case 'document':
      return { label: trans.__('Document Cell'), caption: trans.__('Suggest words about it') };
    case 'test':
      return { label: trans.__('Test Cell'), caption: trans.__('Suggest a cell that tests it') };
  }
}

/** What is said in the chat: "Fix cell 3 of sea.ipynb." */
export function sentence(
  trans: TranslationBundle,
  task: Task,
  cell: number,
  name: string
): string {
  switch (task) {
    case 'explain':
      return trans.__('Explain cell %1 of %2.', cell, name);
    case 'fix':
      return trans.__('Fix cell %1 of %2.', cell, name);
    case 'improve':
      return trans.__('Improve cell %1 of %2.', cell, name);
    case 'document':
      return trans.__('Document cell %1 of %2.', cell, name);
    case 'test':
      return trans.__('Test cell %1 of %2.', cell, name);
  }
}
