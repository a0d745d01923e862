// What is quick is not announced; what takes longer than half a second is, until it is done.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isWorking, personIsAsked, whileWorking } from './working.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('half a second passes before anything is said, and it ends with the work', async () => {
  const work = Promise.withResolvers<string>();
  const answer = whileWorking(work.promise);
  vi.advanceTimersByTime(499);
  expect(isWorking()).toBe(false);
  vi.advanceTimersByTime(1);
  expect(isWorking()).toBe(true);
  work.resolve('done');
  expect(await answer).toBe('done');
  expect(isWorking()).toBe(false);
});

test('work that fails ends it, too', async () => {
  const work = Promise.withResolvers<string>();
  const answer = whileWorking(work.promise);
  vi.advanceTimersByTime(600);
  work.reject(new Error('no'));
  await expect(answer).rejects.toThrow('no');
  expect(isWorking()).toBe(false);
});

test('while the person is asked for a file nobody waits for the phone; its half second begins with the answer', async () => {
  const saving = Promise.withResolvers<string>();
  const answer = whileWorking(saving.promise);
  vi.advanceTimersByTime(100);
  personIsAsked(true);
  vi.advanceTimersByTime(5_000);
  expect(isWorking()).toBe(false);
  personIsAsked(false);
  expect(isWorking()).toBe(false);
  vi.advanceTimersByTime(499);
  expect(isWorking()).toBe(false);
  vi.advanceTimersByTime(1);
  expect(isWorking()).toBe(true);
  saving.resolve('done');
  await answer;
  expect(isWorking()).toBe(false);
});
