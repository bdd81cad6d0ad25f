/** @jest-environment <rootDir>/tests/browser.cjs */
import { RenderMimeRegistry, standardRendererFactories } from '@jupyterlab/rendermime';
import { act, render, screen, waitFor } from '@testing-library/react';
import React from 'react';
import * as Y from 'yjs';

import { Growing } from '../../src/chat/growing';
import { answerFactory } from '../../src/chat/safe';
import { streamsOf, type Streams } from '../../src/chat/streams';

const rendermime = new RenderMimeRegistry({ initialFactories: standardRendererFactories });
rendermime.addFactory(answerFactory);

/** A chat as two people have it: what one of them writes, the other sees. */
function chat(): { mine: Streams; theirs: Streams } {
  const [here, there] = [new Y.Doc(), new Y.Doc()];
  there.on('update', (update: Uint8Array) => Y.applyUpdate(here, update));
  const [mine, theirs] = [here, there].map(ydoc => streamsOf({ sharedModel: { ydoc } }));
  return { mine: mine!, theirs: theirs! };
}

test('an answer is drawn as it grows, and is gone once the message has it', async () => {
  const { mine, theirs } = chat();
  const { container } = render(<Growing streams={mine} id="a" rendermime={rendermime} />);
  expect(container.textContent).toBe('');
  const text = new Y.Text('Here ');
  act(() => void theirs.set('a', text));
  await waitFor(() => expect(container.textContent).toContain('Here'));
  act(() => text.insert(5, 'it is.'));
  await screen.findByText('Here it is.');
  act(() => theirs.delete('a'));
  await waitFor(() => expect(container.childElementCount).toBe(0));
});

test('what a model writes is no part of the page', async () => {
  const { mine, theirs } = chat();
  const { container } = render(<Growing streams={mine} id="a" rendermime={rendermime} />);
  const text = new Y.Text('<img src=x onerror="alert(1)"><script>alert(1)</script> *Safe*');
  act(() => void theirs.set('a', text));
  await waitFor(() => expect(container.textContent).toContain('Safe'));
  expect(container.querySelector('script, [onerror]')).toBeNull();
});

test('nothing is drawn for another message, and it goes away without a trace', async () => {
  const { mine, theirs } = chat();
  const drawn = render(<Growing streams={mine} id="a" rendermime={rendermime} />);
  act(() => void theirs.set('b', new Y.Text('Not this.')));
  expect(drawn.container.textContent).toBe('');
  act(() => void theirs.set('a', new Y.Text('But this.')));
  await waitFor(() => expect(drawn.container.textContent).toContain('But this.'));
  drawn.unmount();
  act(() => void theirs.set('a', new Y.Text('Nobody looks.')));
});

test('a chat that is no shared document has none', () => {
  expect(streamsOf({})).toBeNull();
});
