/** Opens what became of the answers of a prompt. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, InputDialog } from '@jupyterlab/apputils';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { ReadonlyJSONObject } from '@lumino/coreutils';

import { IWove } from '../tokens';
import { number, text } from '../ui/arguments';
import { woveIcon } from '../ui/icons';
import { showTab } from '../ui/tab';
import { WovePanel } from '../ui/widget';

const OPEN = 'wove:open-outcomes';
const DOWNLOAD = 'wove:download-outcomes';

export const outcomesPlugin: JupyterFrontEndPlugin<void> = {
  id: '@jupyter-wove/labextension:outcomes',
  description: 'Shows what became of the answers of prompts.',
  autoStart: true,
  requires: [IWove, IRenderMimeRegistry],
  optional: [ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    wove: IWove,
    rendermime: IRenderMimeRegistry,
    palette: ICommandPalette | null
  ): void => {
    const { trans } = wove;
    app.commands.addCommand(OPEN, {
      label: trans.__('Outcomes of a Prompt…'),
      caption: trans.__('What became of its answers: accepted, run, cost'),
      describedBy: described('name'),
      execute: async args => {
        const name = text(args.name) || (await askForName(wove));
        if (name) {
          const label = trans.__('Outcomes of %1', name);
          const tab = { id: `wove-outcomes-${name}`, label, icon: woveIcon };
          const load = () => import('./outcomes');
          showTab(app.shell, tab, () => new WovePanel(wove, load, { name, rendermime }));
        }
      }
    });
    addDownload(app, wove);
    palette?.addItem({ command: OPEN, category: trans.__('Wove') });
  }
};

function described(...names: string[]): { args: ReadonlyJSONObject } {
  return { args: { type: 'object', properties: Object.fromEntries(names.map(n => [n, {}])) } };
}

async function askForName({ trans }: IWove): Promise<string> {
  const { value } = await InputDialog.getText({
    title: trans.__('Outcomes of a Prompt'),
    label: trans.__('Its owner and name'),
    placeholder: trans.__('owner/name')
  });
  return value ?? '';
}

function addDownload({ serviceManager }: JupyterFrontEnd, { commands, trans }: IWove): void {
  commands.addCommand(DOWNLOAD, {
    label: trans.__('Download Outcomes as CSV'),
    describedBy: described('promptId', 'name', 'days'),
    execute: args => {
      const { baseUrl } = serviceManager.serverSettings;
      const path = `wove/api/prompts/${encodeURIComponent(text(args.promptId))}/outcomes/table`;
      const link = document.createElement('a');
      link.href = `${baseUrl}${path}?days=${number(args.days) ?? 90}`;
      link.download = `${text(args.name)}-outcomes.csv`;
      link.click();
    }
  });
}
