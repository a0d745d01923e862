// The system's clock, with Node's timers turned by hand.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from './clock.ts';

const day = 24 * 3_600_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('it runs once, after the time', () => {
  const run = vi.fn();
  systemClock.after(1000, run);
  vi.advanceTimersByTime(999);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  vi.advanceTimersByTime(10_000);
  expect(run).toHaveBeenCalledTimes(1);
});

test('a delay longer than a timer can be does not fire at once, but after that delay', () => {
  const run = vi.fn();
  systemClock.after(60 * day, run);
  vi.advanceTimersByTime(60 * day - 1);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledTimes(1);
});

test('cancelled, it does not run, in whatever part of a long delay', () => {
  const run = vi.fn();
  const cancelShort = systemClock.after(1000, run);
  const cancelLong = systemClock.after(60 * day, run);
  cancelShort();
  vi.advanceTimersByTime(30 * day);
  cancelLong();
  vi.advanceTimersByTime(60 * day);
  expect(run).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

test('a time that has passed means now, but never before the caller is done', () => {
  const run = vi.fn();
  systemClock.after(-5, run);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(0);
  expect(run).toHaveBeenCalledTimes(1);
});
