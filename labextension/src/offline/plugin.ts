/** Connects open documents with their rooms, and shows how safe is what is typed. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IConnectionLost, ILabShell } from '@jupyterlab/application';
import { IDocumentProviderFactory } from '@jupyter/docprovider';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { ServerConnection } from '@jupyterlab/services';
import { IStatusBar } from '@jupyterlab/statusbar';

import { IWove, IWoveRooms } from '../tokens';
import { WovePanel } from '../ui/widget';
import { quietly } from './away';
import { Documents } from './documents';
import { Rooms } from './rooms';
import { Sides } from './sides';

/** Knows the connections; there whether or not documents are edited together. */
export const roomsPlugin: JupyterFrontEndPlugin<Rooms> = {
  id: '@jupyter-wove/labextension:rooms',
  description: 'Knows how the open documents are connected.',
  provides: IWoveRooms,
  optional: [ILabShell, IDocumentManager],
  activate: (app: JupyterFrontEnd, shell: ILabShell | null, manager: IDocumentManager | null) => {
    const rooms = new Rooms(new Sides(app.serviceManager.serverSettings.baseUrl));
    if (shell && manager) {
      const documents = new Documents(app, manager);
      shell.currentChanged.connect((_, { newValue }) => rooms.look(documents.modelOf(newValue)));
    }
    return rooms;
  }
};

/** Takes the place of the connections of jupyter-collaboration. */
export const providerPlugin: JupyterFrontEndPlugin<IDocumentProviderFactory> = {
  id: '@jupyter-wove/labextension:room-provider',
  description: 'Connects documents so that nothing is lost offline.',
  provides: IDocumentProviderFactory,
  requires: [IWove, IWoveRooms, IDocumentManager],
  activate: async (app: JupyterFrontEnd, wove: IWove, rooms: Rooms, manager: IDocumentManager) => {
    const { RoomProvider, Telling, followRole, forgetOld } = await import('./connecting');
    void app.restored.then(() => forgetOld(app.serviceManager.serverSettings.baseUrl));
    const documents = new Documents(app, manager);
    const telling = new Telling(documents, wove.trans);
    return {
      create: options => {
        const serverSettings = options.serverSettings ?? ServerConnection.makeSettings();
        const side = rooms.sides.of(options.path);
        const room = new RoomProvider({ ...options, serverSettings, side }, telling);
        followRole(room, documents);
        rooms.add(room);
        return room;
      }
    };
  }
};

/** Shows in the status bar how safe the current document is. */
export const safetyPlugin: JupyterFrontEndPlugin<void> = {
  id: '@jupyter-wove/labextension:safety',
  description: 'Shows in the status bar whether what is typed is on the server.',
  autoStart: true,
  requires: [IWove, IWoveRooms, IStatusBar],
  activate: (_app: JupyterFrontEnd, wove: IWove, rooms: Rooms, statusBar: IStatusBar): void => {
    const item = new WovePanel(wove, () => import('./badge'), { rooms });
    item.addClass('wove-StatusItem');
    statusBar.registerStatusItem('@jupyter-wove/labextension:safety', {
      item,
      align: 'left',
      rank: 21
    });
  }
};

/** Takes the place of the dialogs that come up in the middle of a word when the server is away. */
export const awayPlugin: JupyterFrontEndPlugin<IConnectionLost> = {
  id: '@jupyter-wove/labextension:away',
  description: 'Says that the server is away, without a dialog.',
  autoStart: true,
  provides: IConnectionLost,
  requires: [IWove],
  activate: (app: JupyterFrontEnd, wove: IWove) => quietly(app.commands, wove.trans)
};
