/** What suggestions need of JupyterLab and of each other. */
import type { JupyterFrontEnd } from '@jupyterlab/application';

import type { Documents } from '../offline/documents';
import type { RoomProvider } from '../offline/provider';
import type { Rooms } from '../offline/rooms';
import type { IWove } from '../tokens';
import type { Reviews } from './model';
import type { Suggesting } from './suggesting';

export interface Desk {
  readonly app: JupyterFrontEnd;
  readonly wove: IWove;
  readonly rooms: Rooms;
  readonly documents: Documents;
  readonly reviews: Reviews;
  /** The documents in which the user suggests changes. */
  readonly copies: WeakMap<RoomProvider, Suggesting>;
}
