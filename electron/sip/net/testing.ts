// For tests: a clock that runs, and a log that keeps quiet.
import type { Clock, Logger } from '../../../contract/index.ts';

/** Real time. */
export const realClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Says nothing, except that errors fail the test that caused them. */
export const quietLog: Logger = {
  debug() {},
  info() {},
  warn() {},
  error(message, details) {
    throw new Error(`${message}: ${JSON.stringify(details)}`);
  },
  child: () => quietLog,
};

/** A promise that is settled from outside, to wait for an event. */
export function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** Time that stands still until a test turns it. Waits end in order of their time. */
export function handClock(): Clock & { turn(ms: number): void; stall(ms: number): void; readonly waiting: number } {
  let now = 0;
  const waits = new Set<{ at: number; run: () => void }>();

  function next(until: number): { at: number; run: () => void } | undefined {
    let first: { at: number; run: () => void } | undefined;
    for (const wait of waits) if (wait.at <= until && (!first || wait.at < first.at)) first = wait;
    return first;
  }

  return {
    now: () => 1_750_000_000_000 + now,
    monotonic: () => now,
    after(ms, run) {
      const wait = { at: now + ms, run };
      waits.add(wait);
      return () => void waits.delete(wait);
    },
    turn(ms) {
      const until = now + ms;
      for (let wait = next(until); wait; wait = next(until)) {
        waits.delete(wait);
        now = wait.at;
        wait.run();
      }
      now = until;
    },
    /** The process stood still: what came due meanwhile runs late. */
    stall(ms) {
      now += ms;
      for (const wait of [...waits].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at)) {
        if (!waits.delete(wait)) continue;
        wait.run();
      }
    },
    get waiting() {
      return waits.size;
    },
  };
}
