import { beforeEach, expect, test } from 'vitest';
import { handClock } from '../net/testing.ts';
import { createSourceLimits, type SourceLimits } from './source-limits.ts';

let clock: ReturnType<typeof handClock>;
let limits: SourceLimits;

beforeEach(() => {
  clock = handClock();
  limits = createSourceLimits(clock, (address) => address === '192.0.2.1');
});

/** How many of `count` messages pass at this moment. */
function passing(count: number, address: string | ((index: number) => string)): number {
  let passed = 0;
  for (let i = 0; i < count; i++) if (limits.take(typeof address === 'string' ? address : address(i))) passed++;
  return passed;
}

test('a stranger gets 100 at once and 50 a second', () => {
  expect(passing(500, '198.51.100.7')).toBe(100);
  clock.turn(1000);
  expect(passing(500, '198.51.100.7')).toBe(50);
  expect(passing(10, '198.51.100.8')).toBe(10);
});

test('strangers together get 1,000 a second, however many addresses they show', () => {
  expect(passing(5000, (i) => `10.0.${i >> 8}.${i & 255}`)).toBe(1000);
  clock.turn(1000);
  expect(passing(5000, (i) => `10.1.${i >> 8}.${i & 255}`)).toBe(1000);
  expect(limits.size).toBeLessThanOrEqual(1000);
});

test('one that floods alone leaves the others their share', () => {
  passing(5000, '198.51.100.7');
  expect(passing(100, '198.51.100.8')).toBe(100);
});

test('our own server is not held up at thousands a second, even while strangers flood', () => {
  passing(5000, (i) => `10.0.${i >> 8}.${i & 255}`);
  for (let second = 0; second < 10; second++) {
    expect(passing(5000, '192.0.2.1')).toBe(5000);
    clock.turn(1000);
  }
});

test('forged messages of our own server have an end too', () => {
  expect(passing(100_000, '192.0.2.1')).toBe(20_000);
});

test.each([
  ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9'],
  ['2001:db8::1', '2001:db8:0:0:5:6:7:8'],
  ['fe80::1%eth0', 'fe80::2'],
  ['::ffff:198.51.100.7', '198.51.100.7'],
])('%s and %s are one source', (one, other) => {
  expect(passing(500, one)).toBe(100);
  expect(passing(500, other)).toBe(0);
});

test('networks of IPv6 are told apart', () => {
  passing(500, '2001:db8:1:2::1');
  expect(passing(500, '2001:db8:1:3::1')).toBe(100);
});
