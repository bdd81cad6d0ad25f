/** What the parts of the page that show people are given. */
import type { Workplace } from '../projects/workplace';
import type { Following } from './following';
import type { Presence } from './model';
import type { Spots } from './spots';

export interface Parts {
  readonly presence: Presence;
  readonly spots: Spots;
  readonly following: Following;
  readonly place: Workplace;
}
