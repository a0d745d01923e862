// Who is called often counts more than who was called once just now, for a while.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { oftenAndLately } from './often-and-lately.ts';

const day = 24 * 60 * 60 * 1000;
const start = Date.UTC(2026, 0, 1);
const after = (...days: readonly number[]) => days.reduce((before, at) => oftenAndLately(before, start + at * day), 0);

test('one call counts as when it was', () => {
  expect(after(3)).toBe(start + 3 * day);
});

test('two calls at once count as one that comes a half-life later', () => {
  expect(after(0, 0)).toBe(start + 14 * day);
});

test('who is called each day stays before who was called once today, and not for ever', () => {
  const daily = after(...Array.from({ length: 30 }, (_, index) => index));
  expect(daily).toBeGreaterThan(after(30));
  expect(daily).toBeLessThan(after(120));
  expect(daily).toBeLessThan(after(85, 86, 87));
});

test('of those who are called as often, who was called last is first', () => {
  expect(after(1, 5)).toBeGreaterThan(after(1, 4));
});

test('the order of calls does not matter, and each makes it more', () => {
  const days = fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 2000 }), (list, more) => {
      const once = after(...list);
      // Each step is rounded to a millisecond.
      expect(Math.abs(once - after(...list.toReversed()))).toBeLessThanOrEqual(list.length * 2);
      expect(after(...list, more)).toBeGreaterThanOrEqual(once);
      expect(Number.isSafeInteger(once)).toBe(true);
    }),
  );
});
