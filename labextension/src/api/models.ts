/** Short names for what the contract sends. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type Card = Schemas['Card'];
export type CreatedKey = Schemas['CreatedKey'];
export type FileEntry = Schemas['FileEntry'];
export type Fragment = Schemas['Fragment'];
export type Hit = Schemas['Hit'];
export type Key = Schemas['Key'];
export type Lineage = Schemas['Lineage'];
export type LineageNode = Schemas['LineageNode'];
export type Me = Schemas['Me'];
export type PersonRef = Schemas['PersonRef'];
export type Profile = Schemas['Profile'];
export type Project = Schemas['Project'];
export type ProjectRef = Schemas['ProjectRef'];

/** What an import or a remix made; `left_out` says which files did not come along, and why. */
export interface Made {
  readonly project_id: string;
  readonly folder: string | null;
  readonly left_out: readonly { readonly path: string; readonly reason: string }[];
}

/** Long work; the contract leaves open what its result is, and all of today's make a project. */
export type Job = Omit<Schemas['Job'], 'result'> & { readonly result: Made | null };
