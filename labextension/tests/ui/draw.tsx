/** Draws a component the way a panel would. */
import type { IWove } from '../../src/tokens';
import { createQueries } from '../../src/api/queries';
import { WoveContext } from '../../src/ui/context';
import { nullTranslator } from '@jupyterlab/translation';
import { ServerConnection } from '@jupyterlab/services';
import { CommandRegistry } from '@lumino/commands';
import { QueryClientProvider } from '@tanstack/react-query';
import type { RenderResult } from '@testing-library/react';
import { render } from '@testing-library/react';
import React from 'react';

import { createApi } from '../../src/api/client';
import { createStream } from '../../src/api/stream';

const NOBODY = ServerConnection.makeSettings({ baseUrl: 'http://127.0.0.1:1/' });

/** The server's side of a panel; with nobody behind it unless one is given. */
export function createWove(settings = NOBODY): IWove {
  return {
    api: createApi(settings),
    stream: createStream(settings),
    queries: createQueries(),
    commands: new CommandRegistry(),
    trans: nullTranslator.load('jupyter_wove')
  };
}

export function draw(element: JSX.Element, wove = createWove()): RenderResult {
  return render(
    <WoveContext.Provider value={wove}>
      <QueryClientProvider client={wove.queries}>{element}</QueryClientProvider>
    </WoveContext.Provider>
  );
}
