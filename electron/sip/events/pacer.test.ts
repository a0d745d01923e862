import { expect, test } from 'vitest';
import { handClock } from '../net/testing.ts';
import { createPacer } from './pacer.ts';

test('a hundred tasks take their turn, the first at once, and one that is cancelled never runs', () => {
  const clock = handClock();
  const pacer = createPacer(clock, 20);
  const done: string[] = [];
  const cancels = Array.from({ length: 100 }, (_, index) =>
    pacer.run(() => done.push(`${index}@${clock.monotonic()}`)),
  );
  cancels[2]?.();
  expect(done).toEqual(['0@0']);
  clock.turn(100);
  expect(done).toEqual(['0@0', '1@50', '3@100']);
  clock.turn(10_000);
  expect(done).toHaveLength(99);
  pacer.run(() => done.push('late'));
  expect(done.at(-1)).toBe('late');
});
