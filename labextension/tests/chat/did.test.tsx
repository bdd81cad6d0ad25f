/** @jest-environment <rootDir>/tests/browser.cjs */
import { fireEvent, screen, waitFor } from '@testing-library/react';
import React from 'react';

import { Did } from '../../src/chat/did';
import { wordsOf } from '../../src/chat/words';
import { createWove, draw } from '../ui/draw';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';

test('what an agent did is said, and what it suggests can be looked at', async () => {
  const wove = createWove();
  const done: string[] = [];
  for (const command of ['docmanager:open', 'wove:show-suggestions']) {
    wove.commands.addCommand(command, {
      describedBy: { args: {} },
      execute: args => void done.push(`${command} ${args.path as string}`)
    });
  }
  const did = ['Read cell 2', 'Change cell 2'];
  draw(<Did metadata={{ wove: { did, suggested: { 'a/sea.ipynb': ['x', 'y'] } } }} />, wove);
  expect(screen.getByText('Took 2 steps')).not.toBeNull();
  fireEvent.click(screen.getByText('Look at 2 suggested changes in sea.ipynb'));
  await waitFor(() => expect(done).toHaveLength(2));
  expect(done[0]).toBe('docmanager:open a/sea.ipynb');
});

test.each([
  [undefined],
  [{}],
  [{ wove: null }],
  [{ wove: { did: 'x' } }],
  [{ wove: { did: [1] } }]
])('nothing is said of %j', metadata => {
  const { container } = draw(<Did metadata={metadata} />);
  expect(container.childElementCount).toBe(0);
});

test.each([
  [ID, ID],
  [`${ID}/../../me`, ''],
  ['../x', ''],
  [5, '']
])('an id of an approval is one: %j', (approval, read) => {
  expect(wordsOf({ wove: { approval } }).approval).toBe(read);
});
