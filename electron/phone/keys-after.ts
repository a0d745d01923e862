// Keys that were dialled with a number: sent once the other side answers, with the pauses that stand between them.
import type { Call, Clock } from '../../contract/index.ts';

/** Between the answer and the first key, and from one key to the next, ms. */
const settle = 500;
const step = 250;
/** A comma, ms. */
const pause = 2000;

export interface KeysAfterOptions {
  clock: Clock;
  send(callId: string, key: string): void;
}

export class KeysAfter {
  readonly #options: KeysAfterOptions;
  /** Of calls that nobody answered yet. */
  readonly #waiting = new Map<string, string>();
  /** Stops the keys of a call that runs. */
  readonly #sending = new Map<string, () => void>();

  constructor(options: KeysAfterOptions) {
    this.#options = options;
  }

  /** Keeps the keys of a call that was just placed. */
  keep(callId: string, keys: string): void {
    if (keys !== '') this.#waiting.set(callId, keys);
  }

  /** Sends them when the call is answered; forgets them when it ends. */
  follow(calls: readonly Call[]): void {
    for (const [callId, keys] of this.#waiting) {
      const phase = calls.find(({ id }) => id === callId)?.phase.name;
      if (phase === 'connected') this.#send(callId, keys);
      if (phase === 'connected' || phase === 'ended' || phase === undefined) this.#waiting.delete(callId);
    }
    for (const [callId, stop] of this.#sending) {
      if (calls.some(({ id, phase }) => id === callId && phase.name === 'connected')) continue;
      stop();
      this.#sending.delete(callId);
    }
  }

  #send(callId: string, keys: string): void {
    const next = (left: string, wait: number): void => {
      const key = left.charAt(0);
      if (key === '') {
        this.#sending.delete(callId);
        return;
      }
      const stop = this.#options.clock.after(wait, () => {
        if (key !== ',') this.#options.send(callId, key);
        next(left.slice(1), key === ',' ? pause : step);
      });
      this.#sending.set(callId, stop);
    };
    next(keys, settle);
  }
}
