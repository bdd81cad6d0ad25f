/** The command that shows the history of the document that the user looks at. */
import type { ILayoutRestorer } from '@jupyterlab/application';
import { WidgetTracker } from '@jupyterlab/apputils';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import type { Desk } from '../projects/desk';
import { described } from '../projects/desk';
import { contextOf } from '../projects/documents';
import type { IWove } from '../tokens';
import { text } from '../ui/arguments';
import { timelineIcon } from '../ui/icons';
import { WovePanel } from '../ui/widget';
import type { TimelineProps } from './timeline';

const HISTORY = 'wove:history';
const SELECTION = 'selection';

/** A history that knows its document, to be opened again after a reload. */
class History extends WovePanel<TimelineProps> {
  constructor(
    wove: IWove,
    readonly path: string
  ) {
    super(wove, () => import('./timeline'), { path });
    this.id = `wove-history-${path}`;
    this.title.label = wove.trans.__('History of %1', path.split('/').pop() ?? path);
    this.title.caption = wove.trans.__('History of %1', path);
    this.title.icon = timelineIcon;
    this.title.closable = true;
  }
}

/** Add the command, and bring open histories back after a reload. */
export function addHistory(desk: Desk, restorer: ILayoutRestorer | null): void {
  const tracker = new WidgetTracker<History>({ namespace: 'wove-histories' });
  addShow(desk, tracker);
  if (restorer) {
    const args = ({ path }: History): { path: string } => ({ path });
    void restorer.restore(tracker, { command: HISTORY, args, name: ({ id }) => id });
  }
}

function addShow(desk: Desk, tracker: WidgetTracker<History>): void {
  const { trans } = desk.wove;
  desk.app.commands.addCommand(HISTORY, {
    label: ({ from }) =>
      from === SELECTION ? trans.__('History') : trans.__('History of This Document'),
    caption: trans.__('Show who did what when in a document, and bring it back'),
    icon: timelineIcon,
    describedBy: {
      args: described({
        path: 'The file; else the one that the user looks at',
        from: '“selection” for what is selected in the file browser'
      })
    },
    isEnabled: args => wanted(desk, args) !== '',
    execute: args => {
      const path = wanted(desk, args);
      const found = tracker.find(each => each.path === path);
      if (found) {
        desk.app.shell.activateById(found.id);
      } else {
        open(desk, tracker, new History(desk.wove, path));
      }
    }
  });
}

/** The file that is meant, by its path below the root; '' where none is. */
function wanted({ app, browser }: Desk, args: ReadonlyPartialJSONObject): string {
  const [selected] = args.from === SELECTION && browser ? [...browser.selectedItems()] : [];
  const shown = contextOf(app.shell.currentWidget)?.path ?? '';
  return app.serviceManager.contents.localPath(text(args.path) || selected?.path || shown);
}

function open({ app }: Desk, tracker: WidgetTracker<History>, history: History): void {
  app.shell.add(history, 'main', { type: 'Wove' });
  app.shell.activateById(history.id);
  void tracker.add(history);
}
