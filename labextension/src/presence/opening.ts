/** Opens the document that somebody else looks at. */
import type { JupyterFrontEnd } from '@jupyterlab/application';

import type { Opened } from './opened';
import { readSpot } from './tabs';
import type { View } from './view';

const PATIENCE = 3000; // milliseconds until a person who is in a document has said where

/** Show a document; tells whether it is there, and may be read. */
export async function reveal(
  { commands, serviceManager }: JupyterFrontEnd,
  opened: Opened,
  path: string
): Promise<boolean> {
  if (opened.path === path) {
    return true;
  }
  try {
    await serviceManager.contents.get(path, { content: false });
    await commands.execute('docmanager:open', { path });
  } catch {
    return false; // whoever asked says so in a sentence
  }
  return true;
}

/** Wait until what a tab says of itself in the current document is known; then show it. */
export async function showSpot(opened: Opened, tab: number): Promise<void> {
  const until = Date.now() + PATIENCE;
  while (Date.now() < until) {
    const { current } = opened;
    if (current && (await showIn(current, tab))) {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

/** Show where a tab is in a document; tells whether that is known. */
export async function showIn(view: View, tab: number): Promise<boolean> {
  for (const [client, state] of view.awareness.getStates()) {
    const spot = client === view.awareness.clientID ? null : readSpot(state);
    if (spot?.tab === tab) {
      await view.show(spot, state);
      return true;
    }
  }
  return false;
}
