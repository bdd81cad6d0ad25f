/** The question what to do with code that nobody trusts, where there is no sandbox for it. */
import { Dialog, showDialog } from '@jupyterlab/apputils';

import type { Project } from '../api/models';
import type { Desk } from '../projects/desk';
import { trusting } from './model';

/** Ask, and say whether a kernel is to be started. */
export async function choose(desk: Desk, project: Project, why: string): Promise<boolean> {
  const { trans, api } = desk.wove;
  const once = trans.__('Run Once');
  const { button } = await showDialog({
    title: trans.__('Run the code of %1?', project.title),
    body: trans.__(
      '%1 It would run with all that you may do: with your files, your keys and the network.',
      why
    ),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Do Not Run') }),
      Dialog.warnButton({ label: once }),
      Dialog.warnButton({ label: trans.__('Trust This Project') })
    ],
    defaultButton: 0
  });
  if (!button.accept) {
    return false;
  }
  await trusting(api, project, button.label === once);
  await desk.wove.queries.invalidateQueries({ queryKey: ['trust'] });
  return true;
}
