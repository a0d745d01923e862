// Do not disturb ends at its time, also where the computer slept over it.
import { expect, it } from 'vitest';
import { DoNotDisturb } from './do-not-disturb.ts';

/** A clock whose timers wait until they are run by hand, as those of a machine that sleeps. */
function room(until: number) {
  let now = 1_000_000;
  const timers = new Map<() => void, number>();
  const kept: unknown[] = [];
  const doNotDisturb = new DoNotDisturb({
    clock: {
      now: () => now,
      monotonic: () => now,
      after(ms, run) {
        timers.set(run, ms);
        return () => timers.delete(run);
      },
    },
    until: () => until,
    keep: (changes) => Promise.resolve(void kept.push(changes)),
    background: (work) => void work,
  });
  return { doNotDisturb, timers, kept, pass: (ms: number) => (now += ms) };
}

it('is waited for, and once it is looked at after a sleep, only for what is left', () => {
  const { doNotDisturb, timers, kept, pass } = room(1_000_000 + 3_600_000);
  doNotDisturb.watch();
  expect([...timers.values()]).toEqual([3_600_000]);
  pass(3_000_000);
  doNotDisturb.watch();
  expect([...timers.values()]).toEqual([600_000]);
  pass(8 * 3_600_000);
  expect(doNotDisturb.until).toBeNull();
  doNotDisturb.watch();
  expect([...timers.values()]).toEqual([0]);
  for (const run of timers.keys()) run();
  expect(kept).toEqual([{ doNotDisturbUntil: 0 }]);
});

it('until turned off, or off, waits for nothing', () => {
  for (const until of [-1, 0]) {
    const { doNotDisturb, timers } = room(until);
    doNotDisturb.watch();
    expect(timers.size).toBe(0);
  }
});
