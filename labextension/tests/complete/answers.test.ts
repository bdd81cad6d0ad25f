import { Answers } from '../../src/complete/answers';
import { languageOf } from '../../src/complete/typed';

const at = (before: string, behind = ''): Parameters<Answers['of']>[0] => ({
  before,
  behind,
  above: [],
  language: 'python'
});

test('what was proposed is there again, also for who types it', () => {
  const answers = new Answers();
  answers.keep(at('import '), 'numpy as np');
  expect(answers.of(at('import '))).toBe('numpy as np');
  expect(answers.of(at('import nu'))).toBe('mpy as np');
  expect(answers.of(at('import pa'))).toBeUndefined();
  expect(answers.of(at('import ', ')'))).toBeUndefined();
  expect(answers.of(at('import numpy as np'))).toBeUndefined();
});

test('that nothing is missing is remembered, too', () => {
  const answers = new Answers();
  answers.keep(at('x = 1'), '');
  expect(answers.of(at('x = 1'))).toBe('');
  expect(answers.of(at('x = 1\ny'))).toBeUndefined();
});

test.each([
  ['text/x-ipython', 'python'],
  ['text/x-python', 'python'],
  ['text/x-ipythongfm', 'markdown'],
  ['text/x-rsrc', 'rsrc'],
  [undefined, 'text']
])('the language of %s is %s', (mimeType, language) => {
  expect(languageOf(mimeType)).toBe(language);
});
