/** The right panel *Comments*, and what is about a cell or words shown there. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILayoutRestorer } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IEditorExtensionRegistry } from '@jupyterlab/codemirror';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { MessageLoop } from '@lumino/messaging';

import type { Me } from '../api/models';
import { Documents } from '../offline/documents';
import type { RoomProvider } from '../offline/provider';
import type { Rooms } from '../offline/rooms';
import { unwrap } from '../api/client';
import { IWove, IWoveRooms } from '../tokens';
import { commentIcon } from '../ui/icons';
import { WovePanel } from '../ui/widget';
import type { Desk } from './desk';
import { Discussions } from './discussions';
import { Highlights, markInEditors } from './highlights';

const PANEL = 'jupyter-wove-comments';
const SHOW = 'wove:show-comments';
const COMMENT = 'wove:comment';

export const commentsPlugin: JupyterFrontEndPlugin<void> = {
  id: '@jupyter-wove/labextension:comments',
  description: 'Shows what people say about cells, words and files, as they say it.',
  autoStart: true,
  requires: [IWove, IWoveRooms, IDocumentManager, IRenderMimeRegistry, IEditorExtensionRegistry],
  optional: [ICommandPalette, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    wove: IWove,
    rooms: Rooms,
    manager: IDocumentManager,
    rendermime: IRenderMimeRegistry,
    editors: IEditorExtensionRegistry,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null
  ): void => {
    const desk: Desk = {
      app,
      wove,
      rendermime,
      documents: new Documents(app, manager),
      discussions: new Discussions(rooms),
      highlights: new Highlights(),
      open: (talk, thread) => {
        app.shell.activateById(PANEL);
        talk.choose(thread);
      }
    };
    markInEditors(editors, desk.highlights);
    desk.highlights.clicked.connect((_, thread) => {
      desk.discussions.current.getState().talk?.choose(thread);
    });
    badge(desk, addPanel(desk, restorer));
    addCommands(desk);
    follow(desk, rooms);
    const category = wove.trans.__('Wove');
    [SHOW, COMMENT].forEach(command => palette?.addItem({ command, category }));
  }
};

function follow(desk: Desk, rooms: Rooms): void {
  const begin = async (room: RoomProvider): Promise<void> => {
    if (room.options.side === undefined) {
      const { show } = await import('./showing');
      await show(desk, room).catch(() => undefined); // it was not opened: others say why
    }
  };
  rooms.all.forEach(room => void begin(room));
  rooms.added.connect((_, room) => void begin(room));
}

function addPanel(desk: Desk, restorer: ILayoutRestorer | null): WovePanel<{ desk: Desk }> {
  const { app, wove } = desk;
  const panel = new WovePanel(wove, () => import('./panel'), { desk });
  panel.id = PANEL;
  panel.title.icon = commentIcon;
  panel.title.caption = wove.trans.__('Comments');
  panel.node.setAttribute('aria-label', wove.trans.__('Comments'));
  app.shell.add(panel, 'right', { rank: 499, type: 'Wove' });
  restorer?.add(panel, PANEL);
  return panel;
}

/** Say at the panel's tab how many threads call the user. */
function badge({ discussions, wove }: Desk, panel: WovePanel<{ desk: Desk }>): void {
  const { trans, queries, api } = wove;
  const update = async (): Promise<void> => {
    const shown = discussions.current.getState().talk?.store.getState().shown ?? [];
    const [{ ME }, { mentions }] = await Promise.all([
      import('../account/model'),
      import('./model')
    ]);
    const queryFn = (): Promise<Me> => unwrap(api.GET('/wove/api/me'));
    const isCalled = shown.some(({ thread }) =>
      thread.messages.some(each => each.mentions.length)
    );
    const me = isCalled
      ? await queries.fetchQuery({ queryKey: ME, queryFn, staleTime: Infinity })
      : null;
    const count = me ? mentions(shown, me.handle).length : 0;
    panel.title.dataset = count ? { 'wove-count': String(count) } : {};
    panel.title.caption = count
      ? trans._n('Comments: %1 mentions you', 'Comments: %1 mention you', count)
      : trans.__('Comments');
  };
  const look = (): void => void update().catch(() => undefined); // the server is away
  discussions.current.subscribe(look);
  discussions.changed.connect(look);
}

function addCommands(desk: Desk): void {
  const { app, wove, discussions } = desk;
  const { trans } = wove;
  const describedBy = { args: { type: 'object', properties: {} } };
  const talk = (): ReturnType<typeof discussions.current.getState>['talk'] =>
    discussions.current.getState().talk;
  app.commands.addCommand(SHOW, {
    label: trans.__('Show Comments'),
    caption: trans.__('Show what people say about the document, in the right sidebar'),
    describedBy,
    execute: () => app.shell.activateById(PANEL)
  });
  app.commands.addCommand(COMMENT, {
    label: trans.__('Comment on This Cell or Selection'),
    caption: trans.__('Begin a thread about the selected words, else the cell or the file'),
    icon: commentIcon,
    describedBy,
    isEnabled: () => talk() !== null,
    execute: async () => {
      const here = talk();
      const [{ targetIn }, { widgetOf }] = await Promise.all([
        import('./target'),
        import('./showing')
      ]);
      const widget = here && widgetOf(desk, here);
      if (widget) {
        const target = targetIn(widget);
        app.shell.activateById(PANEL);
        MessageLoop.flush(); // or the panel would take the focus from its field
        here.begin(target);
      }
    }
  });
  discussions.current.subscribe(() => app.commands.notifyCommandChanged(COMMENT));
}
