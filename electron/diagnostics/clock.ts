// The system's clock behind the contract's Clock.
import type { Clock } from '../../contract/index.ts';

/** setTimeout takes 2^31 - 1 ms, about 25 days; anything longer would fire at once. */
const longestTimer = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, run) => {
    let timer: NodeJS.Timeout;
    const wait = (left: number): void => {
      timer = setTimeout(() => (left > longestTimer ? wait(left - longestTimer) : run()), Math.min(left, longestTimer));
    };
    wait(Math.max(0, ms));
    return () => clearTimeout(timer);
  },
};
