/** How apps and what happens to them are spoken of. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { DeployedApp, Deployment, DeployPlan } from '../api/models';

export type Access = DeployedApp['access'];
export type Kind = DeployPlan['kind'];
export type Stage = Exclude<Deployment['state'], 'queued' | 'live' | 'failed' | 'cancelled'>;

/** How something is, as a dot of one colour shows it. */
export type Tone = 'good' | 'busy' | 'rest' | 'bad';

/** From the first to the last. */
export const STAGES: readonly Stage[] = [
  'scanning',
  'locking',
  'installing',
  'building',
  'executing',
  'starting',
  'checking'
];

/** Who may visit, from the fewest to all. */
export const ACCESSES: readonly Access[] = ['private', 'project', 'hub', 'unlisted', 'public'];

/** What a project can become, in plain words, the usual first. */
export function kindWords(trans: TranslationBundle): Record<Kind, string> {
  return {
    saved: trans.__('Notebooks as pages, with the outputs they have'),
    executed: trans.__('Notebooks as pages, run anew'),
    voila: trans.__('Notebook as an app, without its code (Voilà)'),
    site: trans.__('Web site'),
    jupyterlite: trans.__('Notebooks that run in the visitor’s browser (JupyterLite)'),
    sphinx: trans.__('Book or documentation (Jupyter Book, Sphinx)'),
    streamlit: trans.__('Streamlit app'),
    panel: trans.__('Panel app'),
    gradio: trans.__('Gradio app'),
    dash: trans.__('Dash app'),
    solara: trans.__('Solara app'),
    shiny: trans.__('Shiny app'),
    asgi: trans.__('Web app or API (FastAPI, Starlette)'),
    wsgi: trans.__('Web app or API (Flask)'),
    node: trans.__('Node.js server'),
    function: trans.__('Function that answers requests'),
    edge: trans.__('Edge worker')
  };
}

/** What a kind is called; the word of the server for one that is newer than this page. */
export function kindWord(trans: TranslationBundle, kind: string): string {
  return (kindWords(trans) as Record<string, string>)[kind] ?? kind;
}

export function accessWord(trans: TranslationBundle, access: Access): string {
  switch (access) {
    case 'private':
      return trans.__('Editors only');
    case 'project':
      return trans.__('Members of the project');
    case 'hub':
      return trans.__('Everyone signed in here');
    case 'unlisted':
      return trans.__('Everyone with the address');
    case 'public':
      return trans.__('Everyone');
  }
}

/** How an app is, in a word, with the colour of its dot. */
export function stateWord(
  trans: TranslationBundle,
  { state, problem }: Pick<DeployedApp, 'state' | 'problem'>
): [string, Tone] {
  switch (state) {
    case 'new':
      return [trans.__('Never live yet'), 'rest'];
    case 'live':
      return problem ? [trans.__('Live, with a problem'), 'bad'] : [trans.__('Live'), 'good'];
    case 'asleep':
      return [trans.__('Asleep until somebody visits'), 'rest'];
    case 'waking':
      return [trans.__('Waking up'), 'busy'];
    case 'stopped':
      return [trans.__('Stopped'), 'rest'];
    case 'away':
      return [trans.__('The deploy runner does not answer'), 'bad'];
  }
}

/** What is being done in a stage. */
export function stageWord(trans: TranslationBundle, stage: Stage): string {
  switch (stage) {
    case 'scanning':
      return trans.__('Look for malware');
    case 'locking':
      return trans.__('Choose versions');
    case 'installing':
      return trans.__('Install');
    case 'building':
      return trans.__('Build');
    case 'executing':
      return trans.__('Run notebooks');
    case 'starting':
      return trans.__('Start');
    case 'checking':
      return trans.__('Check');
  }
}

/** How a deployment stands, in a word, with the colour of its dot. */
export function deploymentWord(
  trans: TranslationBundle,
  { state, rolls_back: back }: Pick<Deployment, 'state' | 'rolls_back'>
): [string, Tone] {
  switch (state) {
    case 'queued':
      return [trans.__('Waiting for its turn'), 'busy'];
    case 'live':
      return [back ? trans.__('Rolled back') : trans.__('Deployed'), 'good'];
    case 'failed':
      return [trans.__('Failed'), 'bad'];
    case 'cancelled':
      return [trans.__('Cancelled'), 'rest'];
    default:
      return [stageWord(trans, state), 'busy'];
  }
}

/** Whether nothing more will happen to a deployment. */
export function hasEnded({ state }: Pick<Deployment, 'state'>): boolean {
  return state === 'live' || state === 'failed' || state === 'cancelled';
}

/** Say how long something took: "0.4 s", "12 s", "2 min 5 s". */
export function lasted(milliseconds: number): string {
  const seconds = Math.max(milliseconds, 0) / 1000;
  if (seconds < 9.95) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

// eslint-disable-next-line no-control-regex -- the escape of terminals is one
const COLOURS = /\u001b\[[0-9;]*[A-Za-z]/g;

/** A text as it was meant for a terminal, without its colours. */
export function plain(text: string): string {
  return text.replace(COLOURS, '');
}

/** A list of words as it is typed, divided by commas, spaces or lines. */
export function listed(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}
