/** Who is here, from what their tabs say. */
import type { Tab } from './tabs';

/** Tells whether a path is one of those that are asked about. */
export type Holds = (path: string) => boolean;

/** A person, once, in however many tabs. */
export interface Person {
  readonly username: string;
  readonly name: string;
  readonly colour: string;
  readonly isMe: boolean;
  /** The tab that speaks for the person, and what is open in it. */
  readonly tab: number;
  readonly path: string;
  readonly isAway: boolean;
}

/** The people who look at one of these documents: oneself first, the others by name. */
export function peopleIn(tabs: readonly Tab[], me: string, holds: Holds): Person[] {
  const names = new Set(tabs.map(({ username }) => username));
  const people = [...names].flatMap(username => person(tabs, username, me, holds) ?? []);
  return people.sort(
    (one, other) => Number(other.isMe) - Number(one.isMe) || one.name.localeCompare(other.name)
  );
}

/** The tab that speaks for a person: the one that they turned to last. */
export function leadOf(tabs: readonly Tab[], username: string): Tab | undefined {
  const [first] = tabs
    .filter(tab => tab.username === username)
    .sort((one, other) => other.seen - one.seen || other.id - one.id);
  return first;
}

/** The names of those who follow a person. */
export function followersOf(tabs: readonly Tab[], username: string): string[] {
  const following = tabs.filter(tab => tab.follows === username && tab.username !== username);
  return [...new Set(following.map(tab => tab.username))];
}

function person(
  tabs: readonly Tab[],
  username: string,
  me: string,
  holds: Holds
): Person | undefined {
  const inside = tabs.filter(({ path }) => path !== null && holds(path));
  const lead = leadOf(inside, username);
  if (!lead?.path) {
    return undefined;
  }
  const { id, name, colour, path } = lead;
  const isAway = inside.every(tab => tab.username !== username || tab.isAway);
  return { username, name, colour, isMe: username === me, tab: id, path, isAway };
}
