/** Goes to the live app of a project, and to the list of its apps. */
import { InputDialog, Notification } from '@jupyterlab/apputils';

import type { DeployedApp, Project } from '../api/models';
import type { IWove } from '../tokens';
import { canVisit, visit } from './addresses';
import { appsOf } from './queries';
import { SECTION } from './place';

/** Milliseconds between two looks for the section, and how often to look. */
const PAUSE = 100;
const LOOKS = 50;

/** Visit the app of a project; ask which, where there are several. */
export async function open(wove: IWove, project: Project, baseUrl: string): Promise<void> {
  const { signal } = new AbortController();
  const apps = await appsOf(wove.api, project.id).queryFn({ signal });
  const live = apps.filter(canVisit);
  if (live.length === 0) {
    tellNone(wove, project);
    return;
  }
  const app = live.length === 1 ? live[0] : await choose(wove, live);
  if (app) {
    visit(app, baseUrl);
  }
}

function tellNone({ trans, commands }: IWove, { id, title }: Project): void {
  const callback = (): void => void commands.execute('wove:deploy', { id });
  Notification.info(trans.__('Nothing of %1 is live.', title), {
    autoClose: 10_000,
    actions: [{ label: trans.__('Deploy…'), callback }]
  });
}

async function choose(
  { trans }: IWove,
  apps: readonly DeployedApp[]
): Promise<DeployedApp | undefined> {
  const names = apps.map(({ title, slug }) => `${title} (${slug})`);
  const { value } = await InputDialog.getItem({
    title: trans.__('Open App'),
    label: trans.__('App'),
    items: names
  });
  return value === null ? undefined : apps[names.indexOf(value)];
}

/** Bring the list of apps into view, once the panel has drawn it. */
export function showSection(looks = LOOKS): void {
  const section = document.getElementById(SECTION);
  if (section) {
    section.scrollIntoView({ block: 'nearest' });
    section.focus();
  } else if (looks > 0) {
    setTimeout(() => showSection(looks - 1), PAUSE);
  }
}
