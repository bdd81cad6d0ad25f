import { nullTranslator } from '@jupyterlab/translation';

import type { Version } from '../../src/api/models';
import { may, pageAddress, savedState, versionName } from '../../src/projects/words';

const trans = nullTranslator.load('jupyter_wove');

const VERSION: Version = {
  id: '18071b71255883d771b174695ad7705f2cb58227',
  name: null,
  number: 3,
  message: 'Less noise',
  author: null,
  at: '2026-01-01T00:00:00Z',
  automatic: false,
  published: false
};

test('a version is called by its name, else its number, else the beginning of its id', () => {
  expect(versionName(trans, { ...VERSION, name: 'submitted' })).toBe('submitted');
  expect(versionName(trans, VERSION)).toBe('version 3');
  expect(versionName(trans, { ...VERSION, number: null })).toBe('18071b7');
});

test('how far a project is saved is said in a sentence', () => {
  expect(savedState(trans, undefined, 0)).toBe('No version saved yet');
  expect(savedState(trans, VERSION, 0)).toBe('All saved in version 3');
  expect(savedState(trans, VERSION, 1)).toBe('1 file changed since version 3');
  expect(savedState(trans, VERSION, 2)).toBe('2 files changed since version 3');
});

test('each role may do what those below may, and a stranger nothing', () => {
  expect(may({ role: 'owner' }, 'editor')).toBe(true);
  expect(may({ role: 'editor' }, 'editor')).toBe(true);
  expect(may({ role: 'viewer' }, 'editor')).toBe(false);
  expect(may({ role: null }, 'viewer')).toBe(false);
});

test('the address of a page lies below the base of the server, its parts made safe', () => {
  const project = { owner: { handle: 'ann/x', name: 'Ann' }, slug: 'waves' };
  expect(pageAddress('https://hub.example/user/ann/', project)).toBe(
    'https://hub.example/user/ann/wove/@ann%2Fx/waves'
  );
});
