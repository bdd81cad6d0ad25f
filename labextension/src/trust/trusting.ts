/** Trusting a project, and what follows for its notebooks that are open. */
import { Notification } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';

import type { Project } from '../api/models';
import { attempt } from '../projects/desk';
import { confirm } from '../ui/dialogs';
import { isIn } from './folders';
import { distrusting, type Place, trustIn, trusting } from './model';

/** Ask, then trust a project, and start the kernels of its open notebooks anew. */
export async function trust(place: Place, project: Project): Promise<void> {
  const { trans, api } = place.desk.wove;
  const { title } = project;
  if ((await trustIn(api, project)).trusted) {
    Notification.info(
      trans.__('Nothing in %1 runs in a sandbox because of a lack of trust.', title)
    );
    return;
  }
  const agreed = await confirm(trans, {
    title: trans.__('Trust %1?', title),
    body: trans.__(
      'Its code then runs with all that you may do: with your files, your keys and the network.' +
        ' Look at it first. Kernels that run in a sandbox now start anew, without their variables.'
    ),
    accept: trans.__('Trust')
  });
  if (agreed) {
    await trusting(api, project, false);
    await startAnew(place, project, place.bands.shown);
    Notification.success(trans.__('You trust %1.', title), {
      autoClose: 15_000,
      actions: [{ label: trans.__('Undo'), callback: () => void undo(place, project) }]
    });
  }
}

/** Stop trusting a project, and start the kernels of its open notebooks in a sandbox. */
export async function distrust(place: Place, project: Project): Promise<void> {
  const { trans, api } = place.desk.wove;
  const { came } = await distrusting(api, project);
  if (came === null) {
    Notification.info(trans.__('%1 was made here, and needs nobody’s trust.', project.title));
    return;
  }
  const open: NotebookPanel[] = [];
  place.notebooks.forEach(panel => open.push(panel));
  await startAnew(place, project, open);
  Notification.info(trans.__('You do not trust %1 any more.', project.title), { autoClose: 5000 });
}

function undo(place: Place, project: Project): Promise<void> {
  const refusal = place.desk.wove.trans.__('The project is still trusted.');
  return attempt(place.desk, refusal, () => distrust(place, project));
}

/** Start the kernels of those notebooks that are of the project: the server decides how. */
async function startAnew(
  { desk }: Place,
  { folder }: Project,
  open: readonly NotebookPanel[]
): Promise<void> {
  const { contents } = desk.app.serviceManager;
  await desk.wove.queries.invalidateQueries({ queryKey: ['trust'] });
  const theirs = open.filter(({ context }) =>
    isIn(contents.localPath(context.path), folder ?? undefined)
  );
  await Promise.all(
    theirs.map(async ({ sessionContext }) => {
      const name = sessionContext.session?.kernel?.name;
      await (name === undefined ? null : sessionContext.changeKernel({ name }));
    })
  );
}
