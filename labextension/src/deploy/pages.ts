/** The pages of apps in the main area, one for each. */
import type { ILayoutRestorer } from '@jupyterlab/application';
import { WidgetTracker } from '@jupyterlab/apputils';

import type { Desk } from '../projects/desk';
import { described } from '../projects/desk';
import { text } from '../ui/arguments';
import { deployIcon } from '../ui/icons';
import { WovePanel } from '../ui/widget';
import type { AppPageProps } from './page';
import type { Ways } from './ways';

const SHOW = 'wove:show-app';
const PREFIX = 'wove-app-';

type Page = WovePanel<AppPageProps>;

/** Add the command that shows the page of an app, and bring open pages back after a reload. */
export function addPages(desk: Desk, ways: Ways, restorer: ILayoutRestorer | null): void {
  const { trans, commands } = desk.wove;
  const tracker = new WidgetTracker<Page>({ namespace: 'wove-apps' });
  commands.addCommand(SHOW, {
    label: trans.__('Show App'),
    caption: trans.__('Show its log, its releases and its visits'),
    describedBy: { args: described({ appId: 'The id of the app' }) },
    execute: ({ appId }) => {
      const id = PREFIX + text(appId);
      const page = tracker.find(each => each.id === id) ?? make(desk, ways, text(appId));
      if (!tracker.has(page)) {
        desk.app.shell.add(page, 'main', { type: 'Wove' });
        void tracker.add(page);
      }
      desk.app.shell.activateById(id);
    }
  });
  void restorer?.restore(tracker, {
    command: SHOW,
    args: ({ id }) => ({ appId: id.replace(PREFIX, '') }),
    name: ({ id }) => id
  });
}

function make({ wove }: Desk, ways: Ways, appId: string): Page {
  const onTitle = (title: string): void => void (page.title.label = title);
  const page = new WovePanel(wove, () => import('./page'), { appId, ways, onTitle });
  page.id = PREFIX + appId;
  page.title.label = wove.trans.__('App');
  page.title.icon = deployIcon;
  page.title.closable = true;
  return page;
}
