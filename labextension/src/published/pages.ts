/** The pages of published projects in the main area, one for each project. */
import type { ILayoutRestorer, JupyterFrontEnd } from '@jupyterlab/application';
import { WidgetTracker } from '@jupyterlab/apputils';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';

import type { Project } from '../api/models';
import type { IWove } from '../tokens';
import { exploreIcon } from '../ui/icons';
import { WovePanel } from '../ui/widget';
import type { PublishedProps } from './panel';

const PREFIX = 'wove-published-';

/** Opens pages, and knows those that are open. */
export class Pages {
  constructor(
    private readonly app: JupyterFrontEnd,
    private readonly wove: IWove,
    private readonly rendermime: IRenderMimeRegistry
  ) {}

  /** Bring back the pages that were open when the browser was closed. */
  restore(restorer: ILayoutRestorer, command: string): void {
    void restorer.restore(this.tracker, {
      command,
      args: ({ id }) => ({ projectId: id.replace(PREFIX, '') }),
      name: ({ id }) => id
    });
  }

  /** Show the page of a project. */
  open(project: Pick<Project, 'id' | 'title'>): void {
    const open = this.tracker.find(({ id }) => id === PREFIX + project.id);
    this.app.shell.activateById((open ?? this.add(project)).id);
  }

  private add({ id, title }: Pick<Project, 'id' | 'title'>): WovePanel<PublishedProps> {
    const { baseUrl } = this.app.serviceManager.serverSettings;
    const props = { projectId: id, rendermime: this.rendermime, baseUrl };
    const page = new WovePanel(this.wove, () => import('./panel'), props);
    page.id = PREFIX + id;
    page.title.label = title;
    page.title.icon = exploreIcon;
    page.title.closable = true;
    this.app.shell.add(page, 'main', { type: 'Wove' });
    void this.tracker.add(page);
    return page;
  }

  private readonly tracker = new WidgetTracker<WovePanel<PublishedProps>>({
    namespace: 'wove-published'
  });
}
