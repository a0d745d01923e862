// Sorting in steps, held against Array.sort.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inOneStep, sorting } from './in-steps.ts';

/** Runs it to its end; the steps and what was returned. */
function run<T>(work: Generator<void, T>): { steps: number; result: T } {
  for (let steps = 0; ; steps += 1) {
    const { done, value } = work.next();
    if (done) return { steps, result: value };
  }
}

test('the order is that of Array.sort, and equal ones stay as they were', () => {
  const count = fc.integer({ min: 0, max: 3 * inOneStep + 1 });
  fc.assert(
    fc.property(count, fc.integer({ min: 1, max: 50 }), (length, different) => {
      const list = Array.from({ length }, (_, at) => ({ at, by: (at * 7919) % different }));
      const compare = (a: { by: number }, b: { by: number }) => a.by - b.by;
      expect(run(sorting(list, compare)).result).toEqual(list.toSorted(compare));
    }),
    { numRuns: 20 },
  );
});

test('no step sorts all of a long list', () => {
  const list = Array.from({ length: 10 * inOneStep }, (_, at) => ({ at: (at * 7919) % 20_011 }));
  let compared = 0;
  let most = 0;
  const work = sorting(list, (a, b) => {
    compared += 1;
    return a.at - b.at;
  });
  for (let done = false; !done;) {
    compared = 0;
    done = work.next().done === true;
    most = Math.max(most, compared);
  }
  expect(most).toBeLessThan(inOneStep * 16);
});
