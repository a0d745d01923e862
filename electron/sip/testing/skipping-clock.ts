// For tests: the system's clock, but for single waits that a test need not sit through.
import type { Clock } from '../../../contract/index.ts';

export interface SkippingClock extends Clock {
  /** The next wait of this length, ms, one that runs or one to come, is over at once. */
  skip(least: number, most: number): void;
}

interface Wait {
  ms: number;
  over(): void;
}

export function createSkippingClock(system: Clock): SkippingClock {
  const running = new Set<Wait>();
  const wanted: ((ms: number) => boolean)[] = [];
  return {
    now: () => system.now(),
    monotonic: () => system.monotonic(),
    after(ms, run) {
      let cancel = (): void => {};
      const start = (length: number): void => {
        cancel();
        cancel = system.after(length, () => {
          running.delete(wait);
          run();
        });
      };
      const wait: Wait = { ms, over: () => start(0) };
      const index = wanted.findIndex((fits) => fits(ms));
      const isSkipped = wanted.splice(index, index < 0 ? 0 : 1).length > 0;
      if (!isSkipped) running.add(wait);
      start(isSkipped ? 0 : ms);
      return () => {
        running.delete(wait);
        cancel();
      };
    },
    skip(least, most) {
      const fits = (ms: number): boolean => ms >= least && ms <= most;
      const found = [...running].find(({ ms }) => fits(ms));
      if (found === undefined) wanted.push(fits);
      else {
        running.delete(found);
        found.over();
      }
    },
  };
}
