/** The line above each notebook that runs in a sandbox. */
import type { NotebookPanel } from '@jupyterlab/notebook';

import type { Desk } from '../projects/desk';
import { WovePanel } from '../ui/widget';
import { isSandboxed } from './model';

type Band = WovePanel<{ path: string }>;

/** Puts the line above notebooks, and takes it away when their kernel is another. */
export class Bands {
  constructor(private readonly desk: Desk) {}

  /** Show of a notebook, from now on, whether it runs in a sandbox. */
  follow(panel: NotebookPanel): void {
    const { sessionContext } = panel;
    const update = (): void => void this.update(panel);
    sessionContext.kernelChanged.connect(update);
    panel.disposed.connect(() => this.bands.delete(panel));
    void sessionContext.ready.then(update);
  }

  /** The notebooks that run in a sandbox. */
  get shown(): NotebookPanel[] {
    return [...this.bands.keys()];
  }

  private async update(panel: NotebookPanel): Promise<void> {
    const kernel = panel.sessionContext.session?.kernel?.id;
    const { serverSettings } = this.desk.app.serviceManager;
    const isIn = kernel !== undefined && (await isSandboxed(serverSettings, kernel));
    if (panel.isDisposed || kernel !== panel.sessionContext.session?.kernel?.id) {
      return; // it changed again meanwhile, and whoever heard of that looks after it
    }
    if (!isIn) {
      this.bands.get(panel)?.dispose();
      this.bands.delete(panel);
    } else if (!this.bands.has(panel)) {
      this.bands.set(panel, this.above(panel));
    }
  }

  private above(panel: NotebookPanel): Band {
    const { contents } = this.desk.app.serviceManager;
    const path = contents.localPath(panel.context.path);
    const band = new WovePanel(this.desk.wove, () => import('./band'), { path });
    band.addClass('wove-Header');
    panel.contentHeader.addWidget(band);
    return band;
  }

  private readonly bands = new Map<NotebookPanel, Band>();
}
