import { nullTranslator } from '@jupyterlab/translation';

import { labels, sentence, TASKS } from '../../src/assist/tasks';

const trans = nullTranslator.load('jupyter_wove');

test('each task has a name, an explanation and a sentence of its own', () => {
  const said = TASKS.map(task => [
    labels(trans, task).label,
    labels(trans, task).caption,
    sentence(trans, task, 3, 'sea.ipynb')
  ]);
  expect(said[1]).toEqual([
    'Fix Cell',
    'Suggest what mends its error',
    'Fix cell 3 of sea.ipynb.'
  ]);
  expect(new Set(said.flat()).size).toBe(3 * TASKS.length);
});
