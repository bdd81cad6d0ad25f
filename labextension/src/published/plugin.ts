/** Projects that others published: their pages, reading and remixing them. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILayoutRestorer, IRouter } from '@jupyterlab/application';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { ReadonlyJSONObject, ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { IWove } from '../tokens';
import { number, text } from '../ui/arguments';
import { Pages } from './pages';
import type { Page } from './reader';
import { addRoute } from './route';

const OPEN = 'wove:open-shared-project';

export const publishedPlugin: JupyterFrontEndPlugin<void> = {
  id: '@jupyter-wove/labextension:published',
  description: 'Shows, reads and remixes what others published.',
  autoStart: true,
  requires: [IWove, IRenderMimeRegistry],
  optional: [ILayoutRestorer, IRouter],
  activate: (
    app: JupyterFrontEnd,
    wove: IWove,
    rendermime: IRenderMimeRegistry,
    restorer: ILayoutRestorer | null,
    router: IRouter | null
  ): void => {
    addPages(app, wove, rendermime, restorer);
    addReading(app, wove);
    addRemix(app, wove);
    if (router) {
      addRoute(app, router);
    }
  }
};

type Work = (args: ReadonlyPartialJSONObject) => Promise<unknown>;

/** Do something, and tell the user if it fails. */
function attempt({ trans }: IWove, refusal: string, work: Work): Work {
  return async args => {
    try {
      await work(args);
    } catch (error) {
      const { notifyProblem } = await import('../ui/dialogs');
      notifyProblem(trans, refusal, error);
    }
  };
}

/** Describe the arguments of a command. */
function described(required: string, ...optional: string[]): { args: ReadonlyJSONObject } {
  const names = [required, ...optional];
  const properties = Object.fromEntries(names.map(name => [name, {}]));
  return { args: { type: 'object', properties, required: [required] } };
}

function addPages(
  app: JupyterFrontEnd,
  wove: IWove,
  rendermime: IRenderMimeRegistry,
  restorer: ILayoutRestorer | null
): void {
  const { commands, trans } = wove;
  const pages = new Pages(app, wove, rendermime);
  if (restorer) {
    pages.restore(restorer, OPEN);
  }
  commands.addCommand(OPEN, {
    label: trans.__('Open Shared Project'),
    describedBy: described('projectId'),
    execute: attempt(wove, trans.__('The project cannot be shown.'), async ({ projectId }) => {
      const { fetchCard } = await import('./model');
      const { project } = await fetchCard(wove, text(projectId));
      if (project.role !== null && commands.hasCommand('wove:open-project')) {
        return commands.execute('wove:open-project', { id: project.id });
      }
      return pages.open(project);
    })
  });
}

function addReading({ shell, serviceManager }: JupyterFrontEnd, wove: IWove): void {
  const { commands, trans } = wove;
  const { baseUrl } = serviceManager.serverSettings;
  commands.addCommand('wove:read-project', {
    label: trans.__('Read Shared Project'),
    describedBy: described('handle', 'slug', 'title', 'path', 'cell'),
    execute: async args => {
      const { createReader } = await import('./reader');
      shell.add(createReader(wove, baseUrl, pageOf(args)), 'main', { type: 'Wove' });
    }
  });
  commands.addCommand('wove:read-in-browser', {
    label: trans.__('Open in Browser Tab'),
    describedBy: described('handle', 'slug', 'title', 'path', 'cell'),
    execute: async args => {
      const { addressOf } = await import('./reader');
      window.open(addressOf(baseUrl, pageOf(args)), '_blank', 'noopener');
    }
  });
}

function pageOf({ handle, slug, title, path, cell }: ReadonlyPartialJSONObject): Page {
  return {
    handle: text(handle),
    slug: text(slug),
    title: text(title),
    path: text(path),
    cell: number(cell)
  };
}

function addRemix(app: JupyterFrontEnd, wove: IWove): void {
  const { commands, trans } = wove;
  commands.addCommand('wove:remix', {
    label: trans.__('Remix…'),
    describedBy: described('projectId'),
    execute: attempt(wove, trans.__('The project was not remixed.'), async ({ projectId }) => {
      const { remix } = await import('./remix');
      return remix(wove, text(projectId));
    })
  });
  commands.addCommand('wove:arrive', {
    label: trans.__('Go to New Project'),
    describedBy: described('title', 'folder', 'leftOut', 'stayed'),
    execute: attempt(wove, trans.__('The new project was not opened.'), async args => {
      const { arrive } = await import('./arrive');
      return arrive(wove, app.serviceManager.contents, {
        title: text(args.title),
        folder: text(args.folder),
        leftOut: number(args.leftOut) ?? 0,
        stayed: args.stayed === true
      });
    })
  });
}
