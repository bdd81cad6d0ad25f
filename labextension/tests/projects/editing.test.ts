/** @jest-environment <rootDir>/tests/browser.cjs */
import type { Words } from '../../src/projects/editing';
import { changeOf } from '../../src/projects/editing';

const WORDS: Words = {
  title: 'Waves',
  description: '',
  tags: 'maps, coast',
  licence: 'MIT',
  level: null
};

test('only what was changed is sent, so that nobody else’s words are touched', () => {
  expect(changeOf(WORDS, WORDS)).toEqual({});
  expect(changeOf(WORDS, { ...WORDS, description: 'Of the sea' })).toEqual({
    description: 'Of the sea'
  });
});

test('tags are told apart by commas, each once and without its sign', () => {
  expect(changeOf(WORDS, { ...WORDS, tags: '#maps,  deep sea ,maps,,' })).toEqual({
    tags: ['maps', 'deep sea']
  });
});

test('a level can be taken back', () => {
  const before: Words = { ...WORDS, level: 'beginner' };
  expect(changeOf(before, { ...before, level: null })).toEqual({ level: null });
});
