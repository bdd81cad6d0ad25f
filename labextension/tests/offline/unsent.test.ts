import { Unsent } from '../../src/offline/unsent';

function typed(changes: number): Unsent {
  const unsent = new Unsent();
  for (let made = 0; made < changes; made++) {
    unsent.changed();
  }
  return unsent;
}

test('what was typed offline is unsent', () => {
  expect(typed(3).count).toBe(3);
});

test('a frame that was sent is not safe before the server says so', () => {
  const unsent = typed(3);
  unsent.connected();
  unsent.sent(true);
  expect(unsent.count).toBe(3);
  unsent.stored(1);
  expect(unsent.count).toBe(0);
});

test('an acknowledgement covers no frame that was sent later', () => {
  const unsent = typed(1);
  unsent.connected();
  unsent.sent(true);
  unsent.changed();
  unsent.sent(false);
  unsent.stored(1);
  expect(unsent.count).toBe(1);
});

test('a key pressed before the server asked for the rest does not make the rest safe', () => {
  const unsent = typed(3);
  unsent.connected();
  unsent.changed();
  unsent.sent(false);
  unsent.stored(1);
  expect(unsent.count).toBe(4);
  unsent.sent(true);
  unsent.stored(2);
  expect(unsent.count).toBe(0);
});

test('frames of a connection that broke are not acknowledged by the next one', () => {
  const unsent = typed(2);
  unsent.connected();
  unsent.sent(true);
  unsent.connected();
  unsent.stored(0);
  expect(unsent.count).toBe(2);
});

test('an acknowledgement that is left of a broken connection makes nothing safe', () => {
  const unsent = typed(2);
  unsent.connected();
  unsent.sent(true);
  unsent.changed();
  unsent.sent(false);
  unsent.connected();
  unsent.stored(2);
  expect(unsent.count).toBe(3);
});

test('frames are counted anew on each connection', () => {
  const unsent = typed(1);
  for (let connection = 0; connection < 3; connection++) {
    unsent.connected();
    unsent.sent(true);
    unsent.stored(1);
    expect(unsent.count).toBe(0);
    unsent.changed();
    expect(unsent.count).toBe(1);
  }
});

test('what was safe stays so, in whichever order the server says it', () => {
  const unsent = typed(1);
  unsent.connected();
  unsent.sent(true);
  unsent.changed();
  unsent.sent(false);
  unsent.stored(2);
  unsent.stored(1);
  expect(unsent.count).toBe(0);
});

test('each connection has to be asked anew for all that the server has not', () => {
  const unsent = typed(1);
  unsent.connected();
  unsent.sent(true);
  unsent.connected();
  unsent.changed();
  unsent.sent(false);
  unsent.stored(1);
  expect(unsent.count).toBe(2);
});
