/** What our server says in the metadata of a message; others may have written anything there. */
import type { TutorBinding } from '../api/models';

export interface Words {
  /** What an agent did, in words. */
  readonly steps: readonly string[];
  /** Notebooks, and in how many of their cells something is suggested. */
  readonly suggested: readonly (readonly [string, number])[];
  /** Whether nobody was asked, since the person has to agree first that it costs money. */
  readonly needsConsent: boolean;
  /** The id of what an agent asks for; '' for a message that asks for nothing. */
  readonly approval: string;
}

const STATES = ['waiting', 'working', 'asking', 'done', 'failed', 'skipped'] as const;

/** How far a step is. */
export type StepState = (typeof STATES)[number];

/** A part of a plan; without a state before somebody has allowed it. */
export interface PlanStep {
  readonly id: string;
  readonly goal: string;
  readonly agent: string;
  readonly needs: readonly string[];
  readonly may: string;
  readonly state?: StepState | undefined;
}

/** What an agent wants to do, or does. */
export interface Plan {
  readonly title: string;
  readonly steps: readonly PlanStep[];
}

const ID = /^[0-9a-f-]{36}$/;

export function wordsOf(metadata: Record<string, unknown> | undefined): Words {
  const { did, suggested, approval, consent } = objectOf(metadata?.wove);
  return {
    steps: listOf(did).filter(isText),
    suggested: Object.entries(objectOf(suggested)).map(
      ([path, cells]) => [path, listOf(cells).length] as const
    ),
    needsConsent: consent === true,
    approval: isText(approval) && ID.test(approval) ? approval : ''
  };
}

/** The plan that a message is about; null where there is none. */
export function planOf(metadata: Record<string, unknown> | undefined): Plan | null {
  return readPlan(objectOf(metadata?.wove).plan);
}

/** Reads a plan; null for what is none. */
export function readPlan(found: unknown): Plan | null {
  const { title, steps } = objectOf(found);
  const listed = listOf(steps).map(stepOf);
  return isText(title) && listed.length > 0 ? { title, steps: listed } : null;
}

function stepOf(found: unknown): PlanStep {
  const { id, goal, agent, needs, may, state } = objectOf(found);
  return {
    id: textOf(id),
    goal: textOf(goal),
    agent: textOf(agent),
    needs: listOf(needs).filter(isText),
    may: textOf(may) || 'read',
    state: STATES.find(each => each === state)
  };
}

/** What a teacher allowed when a message was written; null where nobody said. */
export function tutorOf(
  metadata: Record<string, unknown> | undefined
): Pick<TutorBinding, 'level' | 'until'> | null {
  const { level, until } = objectOf(objectOf(metadata?.wove).tutor);
  const isLevel = level === 0 || level === 1 || level === 2;
  return isLevel && isText(until) && !Number.isNaN(Date.parse(until)) ? { level, until } : null;
}

function objectOf(found: unknown): Record<string, unknown> {
  const isOne = typeof found === 'object' && found !== null && !Array.isArray(found);
  return isOne ? (found as Record<string, unknown>) : {};
}

function listOf(found: unknown): unknown[] {
  return Array.isArray(found) ? found : [];
}

function textOf(found: unknown): string {
  return isText(found) ? found : '';
}

function isText(found: unknown): found is string {
  return typeof found === 'string';
}
