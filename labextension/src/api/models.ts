/** Short names for what the contract sends. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type Card = Schemas['Card'];
export type CreatedKey = Schemas['CreatedKey'];
export type FileEntry = Schemas['FileEntry'];
export type Fragment = Schemas['Fragment'];
export type Hit = Schemas['Hit'];
export type Job = Schemas['Job'];
export type Key = Schemas['Key'];
export type Lineage = Schemas['Lineage'];
export type LineageNode = Schemas['LineageNode'];
export type Me = Schemas['Me'];
export type PersonRef = Schemas['PersonRef'];
export type Profile = Schemas['Profile'];
export type Project = Schemas['Project'];
export type ProjectRef = Schemas['ProjectRef'];
