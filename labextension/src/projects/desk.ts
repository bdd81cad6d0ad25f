/** What the commands about projects need, and the one way in which they are made. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { FileBrowser } from '@jupyterlab/filebrowser';
import type { LabIcon } from '@jupyterlab/ui-components';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import type { Project } from '../api/models';
import type { IWove } from '../tokens';
import type { Documents } from './documents';
import { refreshAll } from './queries';
import type { Workplace } from './workplace';

export interface Desk {
  readonly app: JupyterFrontEnd;
  readonly wove: IWove;
  readonly place: Workplace;
  readonly documents: Documents;
  readonly browser: FileBrowser | null;
}

/** A command about one project: the one named by the argument `id`, else the one looked at. */
export interface Verb {
  readonly label: string;
  readonly caption: string;
  readonly icon?: LabIcon;
  /** What to say if it fails, such as "The version was not saved." */
  readonly refusal: string;
  /** Whether to offer it for the project that the user looks at. */
  readonly suits: (project: Project | null) => boolean;
  /** Other arguments and what they mean; like `id`, they choose but never agree to anything. */
  readonly args?: Readonly<Record<string, string>>;
  readonly run: (project: Project, args: ReadonlyPartialJSONObject) => Promise<void>;
  /** What to do where there is no project yet. */
  readonly otherwise?: () => Promise<void>;
}

/** Add a command about one project. */
export function addVerb(desk: Desk, command: string, verb: Verb): void {
  const { app, place } = desk;
  app.commands.addCommand(command, {
    label: verb.label,
    caption: verb.caption,
    ...(verb.icon && { icon: verb.icon }),
    describedBy: { args: described({ id: 'The id of the project', ...verb.args }) },
    isEnabled: ({ id }) => Boolean(id) || verb.suits(place.sight.getState().project ?? null),
    execute: args => attempt(desk, verb.refusal, () => perform(desk, verb, args))
  });
}

/** Do something, and say in a sentence if it fails. */
export async function attempt(
  { wove }: Pick<Desk, 'wove'>,
  refusal: string,
  work: () => Promise<void>
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { notifyProblem } = await import('../ui/dialogs');
    notifyProblem(wove.trans, refusal, error);
  }
}

/** Ask the server to change a project, then show everybody here what became of it. */
export async function changing<T>({ wove }: Pick<Desk, 'wove'>, change: Promise<T>): Promise<T> {
  try {
    return await change;
  } finally {
    void refreshAll(wove.queries);
  }
}

/** The JSON schema of arguments that are all strings and may all be left out. */
export function described(args: Readonly<Record<string, string>>): {
  type: string;
  properties: Record<string, { type: string; description: string }>;
} {
  const properties = Object.entries(args).map(
    ([name, description]) => [name, { type: 'string', description }] as const
  );
  return { type: 'object', properties: Object.fromEntries(properties) };
}

async function perform(desk: Desk, verb: Verb, args: ReadonlyPartialJSONObject): Promise<void> {
  const project = await desk.place.find(typeof args.id === 'string' ? args.id : undefined);
  if (project) {
    await verb.run(project, args);
  } else {
    await verb.otherwise?.();
  }
}
