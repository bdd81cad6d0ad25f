/** The commands about projects, in words; what they do is loaded when it is first done. */
import { historyIcon, shareIcon } from '@jupyterlab/ui-components';

import { woveIcon } from '../ui/icons';
import type { Desk } from './desk';
import { addVerb, attempt, described } from './desk';
import { may } from './words';

const MAKE = 'wove:make-project';

/** Add all that can be done with projects, but for opening their pages. */
export function addCommands(desk: Desk): void {
  addNew(desk);
  addMake(desk);
  addSave(desk);
  addPublish(desk);
  addUnlist(desk);
  addUnpublish(desk);
  addOpenPage(desk);
  addDelete(desk);
}

function addNew(desk: Desk): void {
  const { trans } = desk.wove;
  desk.app.commands.addCommand('wove:new-project', {
    label: ({ isLauncher }) => (isLauncher ? trans.__('New project') : trans.__('New Project…')),
    caption: trans.__('Start a project from a template'),
    icon: woveIcon,
    describedBy: {
      args: {
        type: 'object',
        properties: { isLauncher: { type: 'boolean', description: 'Whether the launcher asks' } }
      }
    },
    execute: () =>
      attempt(desk, trans.__('The project was not made.'), async () => {
        const { start } = await import('./making');
        await start(desk);
      })
  });
}

function addMake(desk: Desk): void {
  const { trans } = desk.wove;
  desk.app.commands.addCommand(MAKE, {
    label: trans.__('Make This a Project…'),
    caption: trans.__('Keep every version of a folder, or of a copy of a notebook'),
    icon: woveIcon,
    describedBy: {
      args: described({
        path: 'The folder or notebook',
        from: '“selection” for what is selected in the file browser; else what the user looks at'
      })
    },
    execute: args =>
      attempt(desk, trans.__('The project was not made.'), async () => {
        const { adopt, source } = await import('./making');
        await adopt(desk, source(desk, args.path, args.from));
      })
  });
}

function addSave(desk: Desk): void {
  const { trans, commands } = desk.wove;
  addVerb(desk, 'wove:save-version', {
    label: trans.__('Save Version…'),
    caption: trans.__('Keep the project as it is now, with a sentence about what changed'),
    icon: historyIcon,
    refusal: trans.__('The version was not saved.'),
    suits: project => project === null || may(project, 'editor'),
    run: async project => (await import('./saving')).saveVersion(desk, project),
    otherwise: () => commands.execute(MAKE)
  });
}

function addPublish(desk: Desk): void {
  const { trans, commands } = desk.wove;
  addVerb(desk, 'wove:share', {
    label: trans.__('Publish…'),
    caption: trans.__('Let others see the project, and get its address'),
    icon: shareIcon,
    refusal: trans.__('The project was not published.'),
    suits: project => project === null || may(project, 'owner'),
    run: async project => (await import('./sharing')).publish(desk, project),
    otherwise: () => commands.execute(MAKE)
  });
}

function addUnlist(desk: Desk): void {
  const { trans } = desk.wove;
  addVerb(desk, 'wove:unlist', {
    label: trans.__('Unlist…'),
    caption: trans.__('Take the project out of the gallery; its address still works'),
    refusal: trans.__('The project is still listed.'),
    suits: project => project?.visibility === 'public' && may(project, 'owner'),
    run: async project => (await import('./sharing')).unlist(desk, project)
  });
}

function addUnpublish(desk: Desk): void {
  const { trans } = desk.wove;
  addVerb(desk, 'wove:unpublish', {
    label: trans.__('Unpublish…'),
    caption: trans.__('Make the project private again'),
    refusal: trans.__('The project is still published.'),
    suits: project => project !== null && !!project.published_version && may(project, 'owner'),
    run: async project => (await import('./sharing')).unpublish(desk, project)
  });
}

function addOpenPage(desk: Desk): void {
  const { trans } = desk.wove;
  addVerb(desk, 'wove:open-page', {
    label: trans.__('Open Web Page'),
    caption: trans.__('Open the page of the project that needs no JupyterLab, in a new tab'),
    refusal: trans.__('The page was not opened.'),
    suits: project => project !== null,
    run: async project => (await import('./sharing')).openPage(desk, project)
  });
}

function addDelete(desk: Desk): void {
  const { trans } = desk.wove;
  addVerb(desk, 'wove:delete-project', {
    label: trans.__('Delete Project…'),
    caption: trans.__(
      'Put the project into the bin, from where it can be brought back for 30 days'
    ),
    refusal: trans.__('The project was not deleted.'),
    suits: project => project !== null && may(project, 'owner'),
    run: async project => (await import('./binning')).remove(desk, project)
  });
}
