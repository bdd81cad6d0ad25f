/** The commands about versions, and the comparisons that they open. */
import type { ILayoutRestorer } from '@jupyterlab/application';
import { WidgetTracker } from '@jupyterlab/apputils';
import { historyIcon } from '@jupyterlab/ui-components';
import type { JSONObject } from '@lumino/coreutils';

import type { Project } from '../api/models';
import type { Desk } from '../projects/desk';
import { addVerb } from '../projects/desk';
import { isAbout } from '../projects/following';
import { WORKING, versions } from '../projects/queries';
import { may } from '../projects/words';
import type { IWove } from '../tokens';
import { text } from '../ui/arguments';
import { WovePanel } from '../ui/widget';
import type { CompareProps } from './compare';
import { addHistory } from './documents';

const COMPARE = 'wove:compare';

/** A comparison that knows what it compares, to be opened again after a reload. */
class Comparison extends WovePanel<CompareProps> {
  constructor(
    wove: IWove,
    readonly compared: CompareProps
  ) {
    super(wove, () => import('./compare'), compared);
    this.id = `wove-compare-${compared.id}`;
    this.title.label = wove.trans.__('What changed');
    this.title.icon = historyIcon;
    this.title.closable = true;
  }
}

/** Add what can be done with versions, and bring open comparisons back after a reload. */
export function addCommands(desk: Desk, restorer: ILayoutRestorer | null): void {
  const tracker = new WidgetTracker<Comparison>({ namespace: 'wove-comparisons' });
  addCompare(desk, tracker);
  addRestore(desk);
  addHistory(desk, restorer);
  if (restorer) {
    const args = ({ compared }: Comparison): JSONObject => ({ ...compared });
    void restorer.restore(tracker, { command: COMPARE, args, name: ({ id }) => id });
  }
}

function addCompare(desk: Desk, tracker: WidgetTracker<Comparison>): void {
  const { trans } = desk.wove;
  addVerb(desk, COMPARE, {
    label: trans.__('Compare Versions'),
    caption: trans.__('Show what changed between two versions, or since the newest'),
    icon: historyIcon,
    refusal: trans.__('The versions cannot be compared.'),
    suits: project => project !== null,
    args: {
      base: 'The older version; else the newest that somebody saved',
      head: 'The newer version; else the files as they are now',
      path: 'The file to show first'
    },
    run: async (project, { base, head, path }) => {
      const compared = {
        id: project.id,
        base: text(base) || (await newest(desk, project)),
        head: text(head) || WORKING,
        path: text(path)
      };
      tracker.find(({ compared: { id } }) => id === project.id)?.dispose();
      const comparison = new Comparison(desk.wove, compared);
      isAbout(comparison, project);
      open(desk, tracker, comparison);
    }
  });
}

/** The newest version that somebody saved; where there is none, nothing can be compared. */
async function newest({ wove: { api, trans } }: Desk, { id }: Project): Promise<string> {
  const { queryFn } = versions(api, id, 'named', 1);
  const [last] = (await queryFn({ signal: new AbortController().signal })).items;
  if (!last) {
    throw new Error(trans.__('There is no version yet. Save one first.'));
  }
  return last.id;
}

function open({ app }: Desk, tracker: WidgetTracker<Comparison>, comparison: Comparison): void {
  app.shell.add(comparison, 'main', { type: 'Wove' });
  app.shell.activateById(comparison.id);
  void tracker.add(comparison);
}

function addRestore(desk: Desk): void {
  const { trans } = desk.wove;
  addVerb(desk, 'wove:restore', {
    label: trans.__('Restore…'),
    caption: trans.__('Bring a version of the project, or one file of it, back'),
    refusal: trans.__('Nothing was restored.'),
    // Without a version there is nothing to restore; those who name one also name the project.
    suits: () => false,
    args: { version: 'The version to bring back', path: 'The file to bring back; else all' },
    run: async (project, { version, path }) => {
      if (may(project, 'editor')) {
        const { restore } = await import('./restore');
        await restore(desk, project, { version: text(version), path: text(path) || null });
      }
    }
  });
}
