// A promise with an end: a dead or silent headset must never hold anything up.
import type { Clock } from '../../contract/index.ts';

/** Rejects when `work` has not settled within `ms`. */
export function bounded<T>(work: Promise<T>, ms: number, clock: Clock): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => reject(new Error(`No answer within ${ms} ms.`)));
    work.finally(cancel).then(resolve, reject);
  });
}
