/** The commands about apps, in words; what they do is loaded when it is first done. */
import type { LabIcon } from '@jupyterlab/ui-components';
import { launchIcon } from '@jupyterlab/ui-components';

import { unwrap } from '../api/client';
import type { DeployedApp } from '../api/models';
import type { Desk } from '../projects/desk';
import { addVerb, attempt, described } from '../projects/desk';
import { around } from '../projects/queries';
import { may } from '../projects/words';
import { text } from '../ui/arguments';
import { deployIcon } from '../ui/icons';
import type { Ways } from './ways';

const DEPLOY = 'wove:deploy';
const MAKE = 'wove:make-project';

/** Add all that can be done with apps, but for opening their pages. */
export function addCommands(desk: Desk, ways: Ways): void {
  addDeploy(desk);
  addDeploySelection(desk);
  addAgain(desk);
  addOpen(desk, ways);
  addVisit(desk, ways);
  addShow(desk);
  addChange(desk);
  addDelete(desk);
}

function addDeploy(desk: Desk): void {
  const { trans, commands } = desk.wove;
  addVerb(desk, DEPLOY, {
    label: trans.__('Deploy…'),
    caption: trans.__('Make the project a web page or an app that others visit'),
    icon: deployIcon,
    refusal: trans.__('Nothing was deployed.'),
    suits: project => project === null || may(project, 'editor'),
    run: async project => (await import('./deploying')).deploy(desk, project, {}),
    otherwise: () => commands.execute(MAKE)
  });
}

/** Deploys the notebook or folder that is selected in the file browser. */
function addDeploySelection(desk: Desk): void {
  const { wove, app, browser } = desk;
  const { trans } = wove;
  app.commands.addCommand('wove:deploy-selection', {
    label: trans.__('Deploy…'),
    caption: trans.__('Make it a web page or an app that others visit'),
    icon: deployIcon,
    describedBy: { args: described({}) },
    execute: () =>
      attempt(desk, trans.__('Nothing was deployed.'), async () => {
        const selected = [...(browser?.selectedItems() ?? [])][0];
        const path = app.serviceManager.contents.localPath(selected?.path ?? '');
        const { signal } = new AbortController();
        const project = await around(wove.api, path).queryFn({ signal });
        if (project === null) {
          await wove.commands.execute(MAKE, { path });
          return;
        }
        const isFolder = selected?.type === 'directory';
        const entry = isFolder ? '' : path.slice((project.folder ?? '').length + 1);
        await (await import('./deploying')).deploy(desk, project, { entry });
      })
  });
}

/** Deploys an app anew. */
function addAgain(desk: Desk): void {
  const { trans } = desk.wove;
  addForApp(desk, 'wove:deploy-again', {
    label: trans.__('Deploy Again…'),
    icon: deployIcon,
    refusal: trans.__('Nothing was deployed.'),
    run: async ({ project, id }) => {
      const found = project && (await desk.place.find(project.id));
      if (found) {
        await (await import('./deploying')).deploy(desk, found, { appId: id });
      }
    }
  });
}

function addOpen(desk: Desk, ways: Ways): void {
  const { trans } = desk.wove;
  addVerb(desk, 'wove:open-app', {
    label: trans.__('Open App'),
    caption: trans.__('Visit what the project was deployed as, in a new tab'),
    icon: launchIcon,
    refusal: trans.__('The app was not opened.'),
    suits: project => project !== null,
    run: async project => (await import('./opening')).open(desk.wove, project, ways.baseUrl)
  });
}

/** Visits one app, whose id is known. */
function addVisit(desk: Desk, ways: Ways): void {
  const { trans } = desk.wove;
  addForApp(desk, 'wove:visit-app', {
    label: trans.__('Visit App'),
    icon: launchIcon,
    refusal: trans.__('The app was not opened.'),
    run: async app => (await import('./addresses')).visit(app, ways.baseUrl)
  });
}

function addShow(desk: Desk): void {
  const { trans, commands } = desk.wove;
  commands.addCommand('wove:show-deployments', {
    label: trans.__('Show Deployments'),
    caption: trans.__('Show the apps of the project in the panel Wove'),
    icon: deployIcon,
    describedBy: { args: described({}) },
    execute: async () => {
      await commands.execute('wove:show-projects');
      (await import('./opening')).showSection();
    }
  });
}

function addChange(desk: Desk): void {
  const { trans } = desk.wove;
  addForApp(desk, 'wove:change-app', {
    label: trans.__('Title, Address and Visitors…'),
    refusal: trans.__('The app stays as it was.'),
    run: async app => (await import('./settings')).change(desk, app)
  });
}

function addDelete(desk: Desk): void {
  const { trans } = desk.wove;
  addForApp(desk, 'wove:delete-app', {
    label: trans.__('Delete App'),
    refusal: trans.__('The app was not deleted.'),
    run: async app => (await import('./acting')).remove(desk.wove, app)
  });
}

interface AppVerb {
  readonly label: string;
  readonly icon?: LabIcon;
  readonly refusal: string;
  readonly run: (app: DeployedApp) => Promise<void>;
}

/** Add a command about the app that its argument names. */
function addForApp(desk: Desk, command: string, { label, icon, refusal, run }: AppVerb): void {
  const { api, commands } = desk.wove;
  commands.addCommand(command, {
    label,
    ...(icon && { icon }),
    describedBy: { args: described({ appId: 'The id of the app' }) },
    execute: ({ appId }) =>
      attempt(desk, refusal, async () => {
        const params = { path: { app_id: text(appId) } };
        await run(await unwrap(api.GET('/wove/api/apps/{app_id}', { params })));
      })
  });
}
