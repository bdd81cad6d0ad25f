/** What is loaded once JupyterLab has started: listening to people, and showing them. */
import type { ILabShell, JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { IStatusBar } from '@jupyterlab/statusbar';
import { createElement, lazy, Suspense } from 'react';
import type { Awareness } from 'y-protocols/awareness';

import type { Desk } from '../projects/desk';
import { WovePanel } from '../ui/widget';
import { Following } from './following';
import { Marks } from './marks';
import { Presence } from './model';
import { Opened } from './opened';
import type { Parts } from './part';
import { Spots } from './spots';
import { Whereabouts } from './whereabouts';

const STOP = 'wove:stop-following';

/** Begin to tell where the person is, and to hear of the others. */
export function meet(
  { app, wove, place }: Desk,
  shell: ILabShell,
  notebooks: INotebookTracker,
  awareness: Awareness
): Parts {
  const { user, contents } = app.serviceManager;
  const presence = new Presence(awareness, user);
  const opened = new Opened(shell, notebooks, contents);
  const following = new Following(app, presence, opened, wove.trans);
  const spots = new Spots(opened);
  new Marks(presence, spots, wove.trans);
  new Whereabouts(presence, opened, () => following.isOn);
  return { presence, spots, following, place };
}

/** Show who is here: in the panel, in the status bar, and above the page while one is followed. */
export function show({ app, wove, place }: Desk, parts: Parts, bar: IStatusBar | null): void {
  const People = lazy(() => import('./section'));
  place.sections.setState(({ all }) => ({
    all: [
      ...all,
      ({ project }) =>
        createElement(Suspense, { fallback: null }, createElement(People, { ...parts, project }))
    ]
  }));
  const item = new WovePanel(wove, () => import('./item'), parts);
  item.addClass('wove-StatusItem');
  bar?.registerStatusItem('@jupyter-wove/labextension:people', { item, align: 'left', rank: 22 });
  addBar(app, wove, parts);
}

function addBar(app: JupyterFrontEnd, wove: Desk['wove'], { following }: Parts): void {
  let shown: WovePanel<{ following: Following }> | null = null;
  following.store.subscribe(({ leader }) => {
    app.commands.notifyCommandChanged(STOP);
    if (!leader) {
      shown?.dispose();
      shown = null;
    } else if (!shown) {
      shown = new WovePanel(wove, () => import('./bar'), { following });
      shown.id = 'wove-following';
      app.shell.add(shown, 'header');
    }
  });
  app.commands.addCommand(STOP, {
    label: wove.trans.__('Stop Following'),
    caption: wove.trans.__('Go where you want again'),
    describedBy: { args: { type: 'object', properties: {} } },
    isEnabled: () => following.isOn,
    execute: () => following.stop()
  });
}
