// The clock on the wall, for tests and drills that run against real processes.
import type { Clock } from '../../../contract/index.ts';

export const realClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
