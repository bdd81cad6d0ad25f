import { slugOf, wayTo, canVisit } from '../../src/deploy/addresses';
import { command, complete, kept, wishFor, words } from '../../src/deploy/wish';
import { lasted, listed, plain } from '../../src/deploy/words';
import { PLAN, app } from './samples';

const PROJECT = { title: 'Wave Physics' };

test('a new app is called after its project, and only its editors visit it', () => {
  const wish = wishFor(PROJECT, null, PLAN);
  expect(wish).toMatchObject({ title: 'Wave Physics', slug: 'wave-physics', access: 'private' });
});

test('a plan that nobody changed is found out anew by each deployment', () => {
  expect(kept(wishFor(PROJECT, null, PLAN))).toBeNull();
});

test('a plan that somebody changed is kept as it was typed', () => {
  const wish = { ...wishFor(PROJECT, null, PLAN), hosts: 'api.example.org, b.example.org' };
  expect(kept(wish)).toMatchObject({ kind: 'voila', hosts: ['api.example.org', 'b.example.org'] });
});

test('an app that has a plan of its own begins with that', () => {
  const plan = { ...PLAN, memory_mb: 1024 };
  const wish = wishFor(PROJECT, app({ plan }), PLAN);
  expect(wish.plan.memory_mb).toBe(1024);
  expect(kept(wish)).toEqual(complete(plan));
});

test.each([
  [['voila', '--port=8080'], 'voila --port=8080'],
  [['run', 'two words', ''], 'run "two words" ""'],
  [['say', 'a "word"'], `say 'a "word"'`]
])('the words of a command are the same after they were typed: %j', (list, typed) => {
  expect(command(list)).toBe(typed);
  expect(words(typed)).toEqual(list);
});

test.each([
  ['Wave physics!', 'wave-physics'],
  ['Théorème d’Écume', 'theoreme-d-ecume'],
  ['波', 'app']
])('the address of %s begins with %s', (title, slug) => {
  expect(slugOf(title)).toBe(slug);
});

test('visitors of an open app go straight there, others by the page that lets them in', () => {
  const base = 'http://127.0.0.1:8888/user/ann/';
  expect(wayTo(app({ access: 'public' }), base)).toBe('http://waves.localhost:8080/');
  expect(wayTo(app({ access: 'private' }), base)).toBe(`${base}wove/apps/a1/enter`);
});

test('nobody is sent to an app that was stopped or never served', () => {
  expect(canVisit(app({ state: 'asleep' }))).toBe(true);
  expect(canVisit(app({ state: 'stopped' }))).toBe(false);
  expect(canVisit(app({ state: 'new', url: '' }))).toBe(false);
});

test('times, lists and texts for terminals are said plainly', () => {
  expect([400, 12_300, 125_000].map(lasted)).toEqual(['0.4 s', '12 s', '2 min 5 s']);
  expect(listed('a.example, b.example\nc.example')).toHaveLength(3);
  expect(plain('\u001b[31mError\u001b[0m')).toBe('Error');
});
