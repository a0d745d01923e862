// So many a second and no more: a hundred busy lamps must not become a hundred requests at once.
import type { Clock } from '../../../contract/index.ts';

export interface Pacer {
  /** Runs it in its turn. Returns a cancel function. */
  run(task: () => void): () => void;
}

/** At most `perSecond` tasks a second, evenly spread; the first one at once. */
export function createPacer(clock: Clock, perSecond: number): Pacer {
  const gap = 1000 / perSecond;
  const waiting: (() => void)[] = [];
  let free = true;

  function turn(): void {
    const task = waiting.shift();
    if (task === undefined) {
      free = true;
      return;
    }
    free = false;
    clock.after(gap, turn);
    task();
  }

  return {
    run(task) {
      waiting.push(task);
      if (free) turn();
      return () => {
        const index = waiting.indexOf(task);
        if (index >= 0) waiting.splice(index, 1);
      };
    },
  };
}
