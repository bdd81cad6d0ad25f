/** The pages of projects in the main area, one for each project. */
import type { ILayoutRestorer } from '@jupyterlab/application';
import { WidgetTracker } from '@jupyterlab/apputils';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';

import type { Project } from '../api/models';
import { woveIcon } from '../ui/icons';
import { WovePanel } from '../ui/widget';
import type { Desk } from './desk';
import { addVerb } from './desk';
import { isAbout } from './following';

const OPEN = 'wove:open-project';
const PREFIX = 'wove-project-';

/** Add the command that opens a project's page, and bring open pages back after a reload. */
export function addPages(
  desk: Desk,
  rendermime: IRenderMimeRegistry,
  restorer: ILayoutRestorer | null
): void {
  const { trans } = desk.wove;
  const tracker = new WidgetTracker<WovePanel<PageProps>>({ namespace: 'wove-projects' });
  addVerb(desk, OPEN, {
    label: trans.__('Open Project Page'),
    caption: trans.__('Show the project’s description, files, versions and lineage'),
    icon: woveIcon,
    refusal: trans.__('The project was not opened.'),
    suits: project => project !== null,
    run: project => {
      const page = find(tracker, project.id) ?? open(desk, rendermime, tracker, project);
      desk.app.shell.activateById(page.id);
      return Promise.resolve();
    }
  });
  if (restorer) {
    const args = ({ id }: WovePanel<PageProps>): { id: string } => ({
      id: id.replace(PREFIX, '')
    });
    void restorer.restore(tracker, { command: OPEN, args, name: ({ id }) => id });
  }
}

export interface PageProps {
  readonly id: string;
  readonly rendermime: IRenderMimeRegistry;
  readonly baseUrl: string;
  readonly onTitle: (title: string) => void;
}

type Pages = WidgetTracker<WovePanel<PageProps>>;

function find(tracker: Pages, id: string): WovePanel<PageProps> | undefined {
  return tracker.find(page => page.id === PREFIX + id);
}

function open(
  { app, wove }: Desk,
  rendermime: IRenderMimeRegistry,
  tracker: Pages,
  project: Project
): WovePanel<PageProps> {
  const { id, title } = project;
  const onTitle = (title: string): void => void (page.title.label = title);
  const { baseUrl } = app.serviceManager.serverSettings;
  const props = { id, rendermime, baseUrl, onTitle };
  const page = new WovePanel(wove, () => import('./page'), props);
  page.id = PREFIX + id;
  page.title.label = title;
  page.title.icon = woveIcon;
  page.title.closable = true;
  isAbout(page, project);
  app.shell.add(page, 'main', { type: 'Wove' });
  void tracker.add(page);
  return page;
}
