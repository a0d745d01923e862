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

test('pings every 25 s', () => {
  const { clock, happened } = start('never');
  clock.turn(80_000);
  expect(happened).toEqual(['ping 25', 'ping 50', 'ping 75']);
});

test('a WebSocket that does not answer is dead 10 s after the ping', () => {
  const { clock, happened } = start('always');
  clock.turn(40_000);
  expect(happened).toEqual(['ping 25', 'dead 35']);
});

test('an answer in time keeps it alive', () => {
  const { clock, keepAlive, happened } = start('always');
  clock.turn(30_000);
  keepAlive.pong();
  clock.turn(15_000);
  expect(happened).toEqual(['ping 25']);
});

test('a peer that never answers pings is left in peace; one that stops answering is dead', () => {
  const { clock, keepAlive, happened } = start('once-seen');
  clock.turn(60_000);
  expect(happened).toEqual(['ping 25', 'ping 50']);
  keepAlive.pong();
  clock.turn(25_000);
  expect(happened.at(-1)).toBe('dead 85');
});

test('stopping leaves no timer behind', () => {
  const { clock, keepAlive } = start('always');
  clock.turn(26_000);
  keepAlive.stop();
  expect(clock.waiting).toBe(0);
});
