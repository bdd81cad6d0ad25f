/** Tells why a kernel in a sandbox ended: JupyterLab itself only says that it did. */
import { Notification } from '@jupyterlab/apputils';

import type { Place } from './model';

/** What the server calls such news. */
export const ENDED = 'https://schema.jupyter-wove.org/kernel_ended/v1';

interface End {
  readonly kernel_id: string;
  readonly reason: string;
  readonly advice: string;
}

/** Tell of the kernels of notebooks that are open here. */
export function tellOfEnds({ desk, notebooks }: Place): void {
  desk.app.serviceManager.events.stream.connect((_, news) => {
    const { kernel_id: kernel, reason, advice } = news as unknown as End;
    const isOpen = notebooks.find(panel => panel.sessionContext.session?.kernel?.id === kernel);
    if (news.schema_id === ENDED && isOpen) {
      Notification.error(`${reason} ${advice}`, { autoClose: false });
    }
  });
}
