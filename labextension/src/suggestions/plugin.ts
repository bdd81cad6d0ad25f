/** Suggests changes in a copy of a document, and shows to others what is suggested. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILayoutRestorer } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { editIcon } from '@jupyterlab/ui-components';

import { Documents } from '../offline/documents';
import type { RoomProvider } from '../offline/provider';
import type { Rooms } from '../offline/rooms';
import { IWove, IWoveRooms } from '../tokens';
import { WovePanel } from '../ui/widget';
import { addCommands, SHOW, SUGGEST } from './commands';
import type { Desk } from './desk';
import { Reviews } from './model';

const PANEL = 'jupyter-wove-suggestions';
const PALETTE = [
  SHOW,
  SUGGEST,
  'wove:next-suggestion',
  'wove:previous-suggestion',
  'wove:accept-suggestion',
  'wove:reject-suggestion'
];

export const suggestionsPlugin: JupyterFrontEndPlugin<void> = {
  id: '@jupyter-wove/labextension:suggestions',
  description: 'Suggests changes of documents, which their editors accept or reject cell by cell.',
  autoStart: true,
  requires: [IWove, IWoveRooms, IDocumentManager],
  optional: [ICommandPalette, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    wove: IWove,
    rooms: Rooms,
    manager: IDocumentManager,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null
  ): void => {
    const reviews = new Reviews(rooms, async path => {
      const { suggestions } = await import('./queries');
      return suggestions(wove.api, path);
    });
    const documents = new Documents(app, manager);
    const desk: Desk = { app, wove, rooms, reviews, documents, copies: new WeakMap() };
    addCommands(desk);
    addPanel(desk, restorer);
    follow(desk);
    const category = wove.trans.__('Wove');
    PALETTE.forEach(command => palette?.addItem({ command, category }));
  }
};

function follow(desk: Desk): void {
  const show = async (room: RoomProvider): Promise<void> => {
    const showing = await import('./showing');
    await showing.show(desk, room).catch(() => undefined); // it was not opened: others say why
  };
  desk.rooms.all.forEach(room => void show(room));
  desk.rooms.added.connect((_, room) => void show(room));
}

function addPanel(desk: Desk, restorer: ILayoutRestorer | null): void {
  const { app, reviews, wove } = desk;
  const { trans } = wove;
  const panel = new WovePanel(wove, () => import('./panel'), { desk });
  panel.id = PANEL;
  panel.title.icon = editIcon;
  panel.title.caption = trans.__('Suggestions');
  panel.node.setAttribute('aria-label', trans.__('Suggestions'));
  app.shell.add(panel, 'right', { rank: 500, type: 'Wove' });
  restorer?.add(panel, PANEL);
  reviews.counted.connect((_, count) => {
    panel.title.caption = count ? trans.__('Suggestions (%1)', count) : trans.__('Suggestions');
  });
  app.commands.addCommand(SHOW, {
    label: trans.__('Show Suggestions'),
    caption: trans.__('Show what is suggested for the document, in the right sidebar'),
    describedBy: { args: { type: 'object', properties: {} } },
    execute: () => app.shell.activateById(PANEL)
  });
}
