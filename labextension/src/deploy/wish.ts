/** What somebody wants to deploy, as it is filled in before the work begins. */
import type { DeployedApp, DeployPlan, Project } from '../api/models';
import { slugOf } from './addresses';
import { LOCAL } from './target-words';
import type { Access } from './words';
import { listed } from './words';

/** A plan with all that the server may leave out. */
export type Plan = Required<DeployPlan>;

export interface Wish {
  /** The app to deploy anew; '' for one that is to be made. */
  readonly appId: string;
  readonly title: string;
  readonly slug: string;
  readonly access: Access;
  /** Where it is served, and what that place is told: variables of the app, by their names. */
  readonly target: string;
  readonly told: Readonly<Record<string, string>>;
  readonly plan: Plan;
  /** The plan of the project as it is; where both say the same, each deployment finds out anew. */
  readonly proposed: Plan;
  /** The command that it starts by, as it is typed. */
  readonly start: string;
  /** Hosts that it may reach, as they are typed. */
  readonly hosts: string;
}

const USUAL: Omit<Plan, 'kind'> = {
  base: 'python',
  entry: '',
  requirements: [],
  lock: '',
  prepare: [],
  start: [],
  site: '',
  port: 8080,
  health: '/',
  memory_mb: 512,
  cpus: 1,
  hosts: []
};

/** A plan with what it does not say. */
export function complete(plan: DeployPlan): Plan {
  return { ...USUAL, ...plan };
}

/** Begin with an app as it is, or with a new one named after the project. */
export function wishFor(
  project: Pick<Project, 'title'>,
  app: DeployedApp | null,
  proposed: DeployPlan
): Wish {
  const plan = complete(app?.plan ?? proposed);
  return {
    appId: app?.id ?? '',
    title: app?.title ?? project.title,
    slug: app?.slug ?? slugOf(project.title),
    access: app?.access ?? 'private',
    target: app?.target ?? LOCAL,
    told: {},
    proposed: complete(proposed),
    ...planned(plan)
  };
}

/** The part of a wish that is about a plan. */
export function planned(plan: Plan): Pick<Wish, 'plan' | 'start' | 'hosts'> {
  return { plan, start: command(plan.start), hosts: plan.hosts.join(', ') };
}

/** The plan to keep: null where it is what would be found out anyway. */
export function kept(wish: Wish): Plan | null {
  const plan = { ...wish.plan, start: words(wish.start), hosts: listed(wish.hosts) };
  return same(plan, wish.proposed) ? null : plan;
}

function same(one: Plan, other: Plan): boolean {
  const names = Object.keys(USUAL) as (keyof Plan)[];
  const all: (keyof Plan)[] = ['kind', ...names];
  return all.every(name => JSON.stringify(one[name]) === JSON.stringify(other[name]));
}

const QUOTED = /"([^"]*)"|'([^']*)'|(\S+)/g;

/** The words of a command as it is typed; those in quotation marks may hold spaces. */
export function words(command: string): string[] {
  return [...command.matchAll(QUOTED)].map(
    ([, double, single, bare]) => [double, single, bare].find(each => each !== undefined) ?? ''
  );
}

/** A command as it is typed. */
export function command(words: readonly string[]): string {
  return words.map(quoted).join(' ');
}

function quoted(word: string): string {
  const bare = word !== '' && !/[\s"']/.test(word);
  return bare ? word : word.includes('"') ? `'${word}'` : `"${word}"`;
}

/** What is installed: a file with exact versions, some packages, or nothing. */
export function installed({ lock, requirements }: Pick<Plan, 'lock' | 'requirements'>): string {
  return lock || requirements.join(', ');
}
