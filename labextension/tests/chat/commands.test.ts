/** @jest-environment <rootDir>/tests/browser.cjs */
import { nullTranslator } from '@jupyterlab/translation';
import type { IInputModel } from '@jupyter/chat';

import { chatCommands, completions } from '../../src/chat/commands';
import type { Sight } from '../../src/chat/sight';

const trans = nullTranslator.load('');
const focus = { notebook: 'tides/sea.ipynb', cell: 'here' };
const SIGHT = { focus, number: 2, told: { mode: 'plan' } } as unknown as Sight;

/** What is in the box of a chat, and what is told beside it. */
class Box implements IInputModel {
  metadata: unknown;
  readonly currentWord = null;

  constructor(public value: string) {}

  updateMetadata({ wove }: Record<string, unknown>): void {
    this.metadata = wove;
  }
}

test.each([
  ['/fi', ['/fix']],
  ['/', ['/explain', '/fix', '/improve', '/document', '/test']],
  ['fi', []],
  ['/fixed', []]
])('for %s there are %j', (word, names) => {
  expect(completions(trans, word).map(({ name }) => name)).toEqual(names);
});

test.each([
  ['/fix', 'Fix cell 2 of sea.ipynb.'],
  ['/explain  in French', 'Explain cell 2 of sea.ipynb. in French']
])('%s asks about the cell where the person is, also if it was left out', async (typed, said) => {
  const box = new Box(typed);
  await chatCommands(trans, SIGHT).onSubmit(box);
  expect(box.value).toBe(said);
  expect(box.metadata).toEqual({ mode: 'plan', ...focus, task: typed.slice(1).split(' ')[0] });
});

test.each(['/fixed it', 'please /fix', '/refresh-personas'])('%s is a message', async typed => {
  const box = new Box(typed);
  await chatCommands(trans, SIGHT).onSubmit(box);
  expect([box.value, box.metadata]).toEqual([typed, { mode: 'plan' }]);
});
