// A clock for tests that is turned by hand: nothing goes off by itself. Not in the product.
import type { Dispose } from '../../contract/index.ts';

export interface Timer {
  ms: number;
  run: () => void;
}

/** Timers that run, in the order in which they were set, and what sets them (`setTimeout` in the product). */
export function handTurnedClock(): { timers: Timer[]; after: (ms: number, run: () => void) => Dispose } {
  const timers: Timer[] = [];
  return {
    timers,
    after(ms, run) {
      const timer = { ms, run };
      timers.push(timer);
      return () => {
        const at = timers.indexOf(timer);
        if (at >= 0) timers.splice(at, 1);
      };
    },
  };
}
