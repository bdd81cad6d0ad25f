import { createKeys } from '../../src/api/intent';

interface Start {
  readonly title: string;
  readonly file: File | null;
}

const WAVES: Start = { title: 'Waves', file: null };

test('what is sent again has the same key', () => {
  const keyOf = createKeys<Start>();
  expect(keyOf({ ...WAVES })).toBe(keyOf({ ...WAVES }));
});

test('what was changed has another key', () => {
  const keyOf = createKeys<Start>();
  const keys = [
    keyOf(WAVES),
    keyOf({ ...WAVES, title: 'Tides' }),
    keyOf({ ...WAVES, file: new File([], 'a.zip') }),
    keyOf({ ...WAVES, file: new File([], 'a.zip') })
  ];
  expect(new Set(keys).size).toBe(4);
});

test('the same words in another form are another intent', () => {
  expect(createKeys<Start>()(WAVES)).not.toBe(createKeys<Start>()(WAVES));
});

test('the server takes the key', () => {
  expect(createKeys<Start>()(WAVES)).toMatch(/^[0-9a-f-]{36}$/);
});
