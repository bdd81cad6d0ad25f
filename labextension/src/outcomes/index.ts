/** What became of answers, for other parts to show. */
export { PromptOutcomes } from './outcomes';
export { Recording } from './recording';
