import { nullTranslator } from '@jupyterlab/translation';

import { listed } from '../../src/suggestions/model';
import { amount, sentence } from '../../src/suggestions/words';
import { change, suggestion } from './samples';

const trans = nullTranslator.load('jupyter_wove');

test.each([
  ['changed', 'Bob suggests a change', 'You suggest a change'],
  ['added', 'Bob suggests a new cell', 'You suggest a new cell'],
  ['removed', 'Bob suggests to remove this cell', 'You suggest to remove this cell'],
  ['moved', 'Bob suggests to move this cell', 'You suggest to move this cell']
] as const)('a cell that is to be %s is said to others and to its author', (kind, others, own) => {
  const made = suggestion(change('a', kind));
  const said = listed([made, { ...made, is_mine: true }]).map(entry => sentence(trans, entry));
  expect(said).toEqual([others, own]);
});

test('it is said how many lines come and go', () => {
  const entries = listed([suggestion(change('a'), change('b', 'moved'))]);
  expect(entries.map(amount)).toEqual(['+2 −1', '']);
});
