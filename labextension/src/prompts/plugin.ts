/** The left panel *Prompts*, and a tab for each of them. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILayoutRestorer } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { INotebookTracker } from '@jupyterlab/notebook';

import { IWove } from '../tokens';
import { text } from '../ui/arguments';
import { promptIcon } from '../ui/icons';
import { showTab } from '../ui/tab';
import { WovePanel } from '../ui/widget';

const PANEL = 'jupyter-wove-prompts';
const SHOW = 'wove:prompts';
const OPEN = 'wove:open-prompt';
const WRITE = 'wove:new-prompt';
const NOTHING = { args: { type: 'object', properties: {} } } as const;

export const promptsPlugin: JupyterFrontEndPlugin<void> = {
  id: '@jupyter-wove/labextension:prompts',
  description: 'Shows the library of prompts in the left sidebar.',
  autoStart: true,
  requires: [IWove, INotebookTracker, IDocumentManager],
  optional: [ICommandPalette, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    wove: IWove,
    notebooks: INotebookTracker,
    documents: IDocumentManager,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null
  ): void => {
    const panel = new WovePanel(wove, () => import('./panel'), {});
    panel.id = PANEL;
    panel.title.icon = promptIcon;
    panel.title.caption = wove.trans.__('Prompts');
    panel.node.setAttribute('aria-label', wove.trans.__('Prompts'));
    app.shell.add(panel, 'left', { rank: 152, type: 'Wove' });
    restorer?.add(panel, PANEL);
    addCommands(app, wove, notebooks, documents);
    for (const command of [SHOW, WRITE]) {
      palette?.addItem({ command, category: wove.trans.__('Wove') });
    }
  }
};

function addCommands(
  { commands, shell, serviceManager }: JupyterFrontEnd,
  wove: IWove,
  notebooks: INotebookTracker,
  documents: IDocumentManager
): void {
  const { trans } = wove;
  const { contents, serverSettings } = serviceManager;
  commands.addCommand(SHOW, {
    label: trans.__('Ask with a Prompt…'),
    describedBy: NOTHING,
    execute: () => shell.activateById(PANEL)
  });
  commands.addCommand(WRITE, {
    label: trans.__('Write a Prompt'),
    describedBy: NOTHING,
    execute: () =>
      showTab(
        shell,
        { id: 'wove-prompt-new', label: trans.__('New prompt'), icon: promptIcon },
        () => new WovePanel(wove, () => import('./editor'), {})
      )
  });
  commands.addCommand(OPEN, {
    label: trans.__('Open Prompt'),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          id: { type: 'string', description: 'The id of a prompt' },
          name: { type: 'string', description: 'What its tab is called' }
        },
        required: ['id']
      }
    },
    execute: async args => {
      const id = text(args.id);
      const { Place } = await import('./place');
      const place = new Place(notebooks, documents, contents, serverSettings.baseUrl);
      const label = text(args.name) || trans.__('Prompt');
      const tab = { id: `wove-prompt-${id}`, label, icon: promptIcon };
      showTab(shell, tab, () => new WovePanel(wove, () => import('./page'), { id, place }));
    }
  });
}
