/** The left panel *Explore*: the gallery, and the search in it. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILayoutRestorer } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ILauncher } from '@jupyterlab/launcher';

import { IWove } from '../tokens';
import { text } from '../ui/arguments';
import { exploreIcon } from '../ui/icons';
import { WovePanel } from '../ui/widget';
import type { FiltersStore } from './filters';
import { ALL, createFilters } from './filters';

const PANEL = 'jupyter-wove-explore';
const EXPLORE = 'wove:explore';

export const galleryPlugin: JupyterFrontEndPlugin<void> = {
  id: '@jupyter-wove/labextension:gallery',
  description: 'Shows what others published, and searches it, in the left sidebar.',
  autoStart: true,
  requires: [IWove],
  optional: [ICommandPalette, ILayoutRestorer, ILauncher],
  activate: (
    app: JupyterFrontEnd,
    wove: IWove,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null,
    launcher: ILauncher | null
  ): void => {
    const store = createFilters();
    const panel = createPanel(wove, store);
    app.shell.add(panel, 'left', { rank: 151, type: 'Wove' });
    restorer?.add(panel, PANEL);
    addCommand(app, wove, store);
    const category = wove.trans.__('Wove');
    palette?.addItem({ command: EXPLORE, category, args: { isPalette: true } });
    launcher?.add({ command: EXPLORE, category, rank: 2 });
  }
};

function createPanel(wove: IWove, store: FiltersStore): WovePanel<{ store: FiltersStore }> {
  const panel = new WovePanel(wove, () => import('./panel'), { store });
  panel.id = PANEL;
  panel.title.icon = exploreIcon;
  panel.title.caption = wove.trans.__('Explore');
  panel.node.setAttribute('aria-label', wove.trans.__('Explore'));
  return panel;
}

function addCommand(app: JupyterFrontEnd, { trans }: IWove, store: FiltersStore): void {
  app.commands.addCommand(EXPLORE, {
    label: ({ isPalette }) =>
      isPalette ? trans.__('Explore Shared Projects') : trans.__('Explore'),
    caption: trans.__('Find what others published, by words or by browsing'),
    icon: ({ isPalette }) => (isPalette ? undefined : exploreIcon),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          isPalette: { type: 'boolean', description: 'Whether the palette asks' },
          words: { type: 'string', description: 'Words to search for' },
          tag: { type: 'string', description: 'The tag to show' }
        }
      }
    },
    execute: ({ words, tag }) => {
      const asked = store.getState().asked + 1;
      const filters = typeof words === 'string' || typeof tag === 'string';
      const wanted = { ...ALL, words: text(words), tag: text(tag) };
      app.shell.activateById(PANEL);
      store.setState({ ...(filters && wanted), asked });
    }
  });
}
