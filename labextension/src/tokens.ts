/** What the plugins of Wove give to each other. */
import type { TranslationBundle } from '@jupyterlab/translation';
import { Token } from '@lumino/coreutils';
import type { CommandRegistry } from '@lumino/commands';
import type { QueryClient } from '@tanstack/react-query';

import type { Api } from './api/client';
import type { Stream } from './api/stream';
import type { Rooms } from './offline/rooms';
import type { Desk } from './projects/desk';

/** All that a panel needs to ask the server, remember its answers and speak to the user. */
export interface IWove {
  readonly api: Api;
  readonly stream: Stream;
  readonly queries: QueryClient;
  readonly commands: CommandRegistry;
  readonly trans: TranslationBundle;
}

export const IWove = new Token<IWove>(
  '@jupyter-wove/labextension:IWove',
  'The Wove server: its typed API, event streams and the cache of its answers.'
);

/** Where the user is among their projects, and what is open of them. */
export type IWoveDesk = Desk;

export const IWoveDesk = new Token<IWoveDesk>(
  '@jupyter-wove/labextension:IWoveDesk',
  'The project that the user looks at, and the open documents of projects.'
);

/** How the open documents are connected with the server. */
export type IWoveRooms = Rooms;

export const IWoveRooms = new Token<IWoveRooms>(
  '@jupyter-wove/labextension:IWoveRooms',
  'The connections of the open documents, and how safe is what is typed in them.'
);
