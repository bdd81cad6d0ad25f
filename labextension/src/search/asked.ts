/** What somebody looks for and among what, and the names of what comes back. */
import type { components } from '../api/schema';

type Schemas = components['schemas'];
export type Answer = Schemas['Answer'];
export type Completion = Schemas['Completion'];
export type Facet = Schemas['Facet'];
export type FacetValue = Schemas['FacetValue'];
export type FileHit = Schemas['FileHit'];
export type FilePage = Schemas['FilePage'];
export type Meant = Schemas['Meant'];
export type Snippet = Schemas['Snippet'];
export type Why = Schemas['Why'];

/** Among what to look; `code` is the search that goes line by line. */
export type Where = 'all' | 'projects' | 'cells' | 'files' | 'prompts' | 'people' | 'code';

export interface Asked {
  readonly words: string;
  readonly where: Where;
  /** Whether what one likes stands higher. */
  readonly personal: boolean;
  /** In code: whether all of it is one pattern, and whether capitals count. */
  readonly regex: boolean;
  readonly capitals: boolean;
}

export type Change = (change: Partial<Asked>) => void;

export const NOTHING: Asked = {
  words: '',
  where: 'all',
  personal: true,
  regex: false,
  capitals: false
};
