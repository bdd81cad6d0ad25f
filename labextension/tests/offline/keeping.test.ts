/** @jest-environment <rootDir>/tests/browser.cjs */
import { Doc } from 'yjs';

import { keep, keepingName } from '../../src/offline/keeping';

test('two histories of one file have two names', () => {
  expect(keepingName('/', 'f1', 'e1')).not.toBe(keepingName('/', 'f1', 'e2'));
});

test('so have two files, and the same file of two servers on one address', () => {
  const names = [
    keepingName('/user/ann/', 'f1', 'e1'),
    keepingName('/user/bob/', 'f1', 'e1'),
    keepingName('/user/ann/', 'f2', 'e1')
  ];
  expect(new Set(names).size).toBe(3);
});

test('a browser that keeps nothing says so', async () => {
  expect('indexedDB' in window).toBe(false);
  expect(await keep('wove:/:f1:e1', new Doc())).toBeNull();
});
