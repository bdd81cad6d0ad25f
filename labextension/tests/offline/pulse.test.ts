/** @jest-environment <rootDir>/tests/browser.cjs */
import type { Sight } from '../../src/offline/pulse';
import { Pulse } from '../../src/offline/pulse';

let sight: Sight;
let given: number;
let pulse: Pulse;

beforeEach(() => {
  jest.useFakeTimers();
  sight = { isOwed: false, moved: 0 };
  given = 0;
  pulse = new Pulse(
    () => sight,
    () => (given += 1)
  );
  pulse.start();
});

afterEach(() => {
  pulse.stop();
  jest.useRealTimers();
});

function pass(seconds: number): void {
  jest.advanceTimersByTime(seconds * 1000);
}

test('a line that owes nothing is never given up', () => {
  pass(3600);
  expect(given).toBe(0);
});

test('a line that owes an answer for long is given up', () => {
  sight = { isOwed: true, moved: 0 };
  pass(3);
  expect(given).toBe(0);
  pass(3);
  expect(given).toBe(1);
});

test('it is asked less and less often, for the server may be what is slow', () => {
  sight = { isOwed: true, moved: 0 };
  pass(120);
  expect(given).toBe(5);
});

test('a line that answers is well, and soon noticed when it is not any more', () => {
  sight = { isOwed: true, moved: 0 };
  pass(60);
  given = 0;
  for (let seconds = 0; seconds < 60; seconds += 3) {
    pass(3);
    pulse.answered();
  }
  expect(given).toBe(0);
  pass(6);
  expect(given).toBe(1);
});

test('a line over which much still goes is left alone', () => {
  for (let moved = 100; moved > 0; moved--) {
    sight = { isOwed: true, moved };
    pass(2);
  }
  expect(given).toBe(0);
});

test('who does not look gives nothing up', () => {
  sight = { isOwed: true, moved: 0 };
  pulse.stop();
  pass(60);
  expect(given).toBe(0);
});
