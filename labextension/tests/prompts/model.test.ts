/** @jest-environment <rootDir>/tests/browser.cjs */
import type { AskedInput } from '../../src/api/models';
import { asMessage, formatOf } from '../../src/prompts/model';
import { filled } from '../../src/prompts/use';

test.each([
  ['SKILL.md', '', 'skill'],
  ['tide.prompt.md', '', 'copilot'],
  ['tide.yaml', '', 'promptfoo'],
  ['tide.json', '{"lc": 1}', 'langchain'],
  ['tide.json', '{"prompt": "x"}', 'langfuse'],
  ['tide.md', '', 'wove']
])('%s with %s was written for %s', (name, text, format) => {
  expect(formatOf(name, text)).toBe(format);
});

test('a message is what all sides say', () => {
  const messages = [
    { role: 'system', content: 'Be short.' },
    { role: 'messages', content: 'history' },
    { role: 'user', content: ' Why? ' }
  ];
  expect(asMessage({ number: '1.0.0', variation: null, messages })).toBe('Be short.\n\nWhy?');
});

test('inputs are read of the form, the cell and the kernel', async () => {
  const input = (name: string, type: AskedInput['type']): AskedInput => ({
    name,
    type,
    description: '',
    default: null,
    required: false,
    options: []
  });
  const place = {
    cell: () => ({ source: 'x', error: 'KeyError: h', output: '' }),
    selection: () => 'x',
    views: (name: string) => Promise.resolve({ schema: `${name}: int` })
  };
  const inputs = [
    input('topic', 'string'),
    input('count', 'number'),
    input('here', 'cell'),
    input('problem', 'error'),
    input('df', 'dataframe'),
    input('none', 'dataframe')
  ];
  const found = await filled(inputs, { topic: 'sea', count: '3', df: 'waves', none: '' }, place);
  expect(found).toEqual({
    values: {
      topic: 'sea',
      count: 3,
      here: { source: 'x', error: 'KeyError: h', output: '' },
      problem: 'KeyError: h'
    },
    views: { df: { schema: 'waves: int' } }
  });
});
