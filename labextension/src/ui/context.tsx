/** What every component of a panel can reach without being handed it. */
import type { TranslationBundle } from '@jupyterlab/translation';
import { nullTranslator } from '@jupyterlab/translation';
import { createContext, useContext } from 'react';

import type { IWove } from '../tokens';

export const WoveContext = createContext<IWove | null>(null);

const trans = nullTranslator.load('jupyter_wove');

/** The server, the cache and the commands, inside a WovePanel. */
export function useWove(): IWove {
  const wove = useContext(WoveContext);
  if (!wove) {
    throw new Error('This component must be drawn inside a WovePanel.');
  }
  return wove;
}

/** The user's language; English outside a WovePanel. */
export function useTrans(): TranslationBundle {
  return useContext(WoveContext)?.trans ?? trans;
}
