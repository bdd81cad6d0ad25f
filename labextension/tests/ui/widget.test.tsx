/** @jest-environment <rootDir>/tests/browser.cjs */
import { Widget } from '@lumino/widgets';
import { act, screen, waitFor } from '@testing-library/react';
import React from 'react';

import { useWove } from '../../src/ui/context';
import type { Load } from '../../src/ui/widget';
import { WovePanel } from '../../src/ui/widget';
import { createWove } from './draw';

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean;
}

interface Greeting {
  readonly name: string;
}

function Greet({ name }: Greeting): JSX.Element {
  const { trans } = useWove();
  return <p>{trans.__('Hello %1', name)}</p>;
}

/** Do something, and wait until React has drawn what follows from it. */
async function does(work: () => void): Promise<void> {
  await act(() => Promise.resolve(work()));
}

let panel: WovePanel<Greeting>;

async function attach(load: Load<Greeting>, hidden: boolean): Promise<void> {
  panel = new WovePanel(createWove(), load, { name: 'Ada' });
  panel.setHidden(hidden);
  await does(() => Widget.attach(panel, document.body));
}

beforeAll(() => {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true;
});

afterEach(() => act(() => panel.dispose()));

test('a panel is loaded when it is first shown, not before', async () => {
  const load = jest.fn(() => Promise.resolve({ default: Greet }));
  await attach(load, true);
  expect(load).not.toHaveBeenCalled();
  await does(() => panel.show());
  await waitFor(() => expect(screen.getByText('Hello Ada')).toBeTruthy());
  expect(load).toHaveBeenCalledTimes(1);
});

test('a panel that is hidden again keeps what it shows', async () => {
  await attach(() => Promise.resolve({ default: Greet }), false);
  await waitFor(() => screen.getByText('Hello Ada'));
  await does(() => panel.hide());
  await does(() => panel.update());
  expect(screen.getByText('Hello Ada')).toBeTruthy();
});

test('a panel that could not be loaded can be tried again', async () => {
  const quiet = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const load = jest
    .fn<Promise<{ default: typeof Greet }>, []>()
    .mockRejectedValueOnce(new Error('The network is away.'))
    .mockResolvedValue({ default: Greet });
  await attach(load, false);
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('is away'));
  await does(() => screen.getByText('Try again').click());
  await waitFor(() => expect(screen.getByText('Hello Ada')).toBeTruthy());
  quiet.mockRestore();
});
