/** What the parts of comments share. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';

import type { Documents } from '../offline/documents';
import type { IWove } from '../tokens';
import type { Discussions } from './discussions';
import type { Highlights } from './highlights';
import type { Discussion } from './model';

export interface Desk {
  readonly app: JupyterFrontEnd;
  readonly wove: IWove;
  readonly documents: Documents;
  readonly discussions: Discussions;
  readonly highlights: Highlights;
  readonly rendermime: IRenderMimeRegistry;
  /** Show a thread in the panel. */
  readonly open: (talk: Discussion, thread: string) => void;
}
