import { isIn } from '../../src/trust/folders';

test('a file is in a folder by its whole name', () => {
  expect(isIn('tides/notes/a.ipynb', 'tides')).toBe(true);
  expect(isIn('tides-2/a.ipynb', 'tides')).toBe(false);
  expect(isIn('a.ipynb', '.')).toBe(true);
  expect(isIn('a.ipynb', undefined)).toBe(false);
});
