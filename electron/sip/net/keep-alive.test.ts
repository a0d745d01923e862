import { expect, test } from 'vitest';
import { startKeepAlive, type KeepAliveOptions } from './keep-alive.ts';
import { handClock } from './testing.ts';

function start(pongs: KeepAliveOptions['pongs']) {
  const clock = handClock();
  const happened: string[] = [];
  const keepAlive = startKeepAlive({
    clock,
    pongs,
    ping: () => happened.push(`ping ${clock.monotonic() / 1000}`),
    dead: () => happened.push(`dead ${clock.monotonic() / 1000}`),
  });
  return { clock, keepAlive, happened };
}

test('a binding is kept every 25 s, where no answer is expected', () => {
  const { clock, happened } = start('never');
  clock.turn(80_000);
  expect(happened).toEqual(['ping 25', 'ping 50', 'ping 75']);
});

test('a WebSocket that falls silent is dead within 10 s', () => {
  const { clock, keepAlive, happened } = start('always');
  clock.turn(5000);
  keepAlive.pong();
  clock.turn(10_000);
  expect(happened).toEqual(['ping 5', 'ping 10', 'ping 15', 'dead 15']);
});

test('an answer in time keeps it alive, and so does anything else that comes', () => {
  const { clock, keepAlive, happened } = start('always');
  for (const sign of ['pong', 'heard'] as const) {
    clock.turn(5000);
    keepAlive[sign]();
  }
  clock.turn(4999);
  expect(happened).toEqual(['ping 5', 'ping 10']);
});

test('a peer that never answers pings is left in peace; one that stops answering is dead', () => {
  const { clock, keepAlive, happened } = start('once-seen');
  keepAlive.heard();
  clock.turn(60_000);
  expect(happened.some((one) => one.startsWith('dead'))).toBe(false);
  expect(keepAlive.answered).toBe(false);
  keepAlive.pong();
  expect(keepAlive.answered).toBe(true);
  clock.turn(10_000);
  expect(happened).toContain('dead 70');
});

test('a check is a ping at once, whose answer must come sooner', () => {
  const { clock, keepAlive, happened } = start('always');
  clock.turn(1000);
  keepAlive.check(2000);
  clock.turn(3000);
  expect(happened).toEqual(['ping 1', 'dead 3']);
});

test('a deadline that we ourselves were late for gives the answer time to be read', () => {
  const { clock, keepAlive, happened } = start('always');
  clock.turn(5000);
  clock.stall(20_000);
  expect(happened).not.toContain('dead 25');
  keepAlive.pong();
  clock.turn(500);
  expect(happened.some((one) => one.startsWith('dead'))).toBe(false);
});

test('stopping leaves no timer behind', () => {
  const { clock, keepAlive } = start('always');
  clock.turn(6000);
  keepAlive.stop();
  expect(clock.waiting).toBe(0);
});
