/** Gives parts of our own within somebody else's panel what they need. */
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import React from 'react';

import type { IWove } from '../tokens';
import { WoveContext } from './context';

interface ProvidedProps {
  readonly wove: IWove;
  readonly children: ReactNode;
}

export function Provided({ wove, children }: ProvidedProps): JSX.Element {
  return (
    <WoveContext.Provider value={wove}>
      <QueryClientProvider client={wove.queries}>{children}</QueryClientProvider>
    </WoveContext.Provider>
  );
}
