/** The account of the user, and the profiles of people, in the main area. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { userIcon } from '@jupyterlab/ui-components';

import { IWove } from '../tokens';
import { text } from '../ui/arguments';
import { showTab } from '../ui/tab';
import { WovePanel } from '../ui/widget';

const ACCOUNT = 'wove:account';
const PROFILE = 'wove:profile';

export const accountPlugin: JupyterFrontEndPlugin<void> = {
  id: '@jupyter-wove/labextension:account',
  description: 'Shows your profile, your API keys and the profiles of others.',
  autoStart: true,
  requires: [IWove],
  optional: [ICommandPalette],
  activate: (app: JupyterFrontEnd, wove: IWove, palette: ICommandPalette | null): void => {
    addAccount(app, wove);
    addProfile(app, wove);
    const category = wove.trans.__('Wove');
    palette?.addItem({ command: ACCOUNT, category, args: { isPalette: true } });
  }
};

function addAccount({ shell }: JupyterFrontEnd, wove: IWove): void {
  const { trans } = wove;
  wove.commands.addCommand(ACCOUNT, {
    label: ({ isPalette }) =>
      isPalette ? trans.__('Your Account and API Keys') : trans.__('Wove Account'),
    caption: trans.__('Change your profile, make and revoke API keys'),
    describedBy: {
      args: {
        type: 'object',
        properties: { isPalette: { type: 'boolean', description: 'Whether the palette asks' } }
      }
    },
    execute: () => {
      const title = trans.__('Wove Account');
      const tab = { id: 'wove-account', label: title, icon: userIcon };
      showTab(shell, tab, () => new WovePanel(wove, () => import('./panel'), {}));
    }
  });
}

function addProfile({ shell }: JupyterFrontEnd, wove: IWove): void {
  wove.commands.addCommand(PROFILE, {
    label: wove.trans.__('Show Profile'),
    describedBy: {
      args: {
        type: 'object',
        properties: { handle: { type: 'string', description: 'The handle of a person' } },
        required: ['handle']
      }
    },
    execute: args => {
      const handle = text(args.handle);
      const load = () => import('./profile');
      const tab = { id: `wove-profile-${handle}`, label: `@${handle}`, icon: userIcon };
      showTab(shell, tab, () => new WovePanel(wove, load, { handle }));
    }
  });
}
