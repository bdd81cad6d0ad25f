import { dollars, interval, share, waited } from '../../src/outcomes/words';

const RATE = { count: 18, of: 25, share: 0.72, low: 0.524, high: 0.857 };

test('shares say of how many they are, and how sure they are', () => {
  expect(share(RATE)).toBe('72 % (18 of 25)');
  expect(interval(RATE)).toBe('52–86 %');
});

test('small amounts keep three digits that say something', () => {
  expect(['0', '0.000123456', '0.01', '0.5', '12.3456'].map(dollars)).toEqual([
    '$0.00',
    '$0.000123',
    '$0.01',
    '$0.5',
    '$12.35'
  ]);
});

test('times are as exact as people need them', () => {
  expect([4.4, 61, 7_300].map(waited)).toEqual(['4 s', '1 min', '2 h']);
});
