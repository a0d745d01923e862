// Do not disturb: until when, and turned off by itself at that time.
import type { Clock, Dispose } from '../../contract/index.ts';
import type { KeepPreferences } from './rooms.ts';

/** As preferences keep it: 0 off, -1 until turned off, else milliseconds since the epoch. */
export type DoNotDisturbUntil = number;

/** When a choice ends. "Until tomorrow" ends at seven in the morning of the next day, local time. */
export function doNotDisturbUntil(minutes: number | 'until-tomorrow', now: number): DoNotDisturbUntil {
  if (minutes === 'until-tomorrow') {
    const morning = new Date(now);
    morning.setDate(morning.getDate() + 1);
    morning.setHours(7, 0, 0, 0);
    return morning.getTime();
  }
  if (minutes < 0) return -1;
  return minutes === 0 ? 0 : now + minutes * 60_000;
}

/** True while callers hear "busy". */
export function isDoNotDisturbOn(until: DoNotDisturbUntil, now: number): boolean {
  return until === -1 || until > now;
}

export interface DoNotDisturbOptions {
  clock: Clock;
  /** As preferences keep it. */
  until(): DoNotDisturbUntil;
  keep: KeepPreferences;
  background(work: Promise<unknown>): void;
}

/** Do not disturb as it is now, and its end. */
export class DoNotDisturb {
  readonly #options: DoNotDisturbOptions;
  #stopWatching: Dispose = () => {};

  constructor(options: DoNotDisturbOptions) {
    this.#options = options;
  }

  /** Until when: -1 until turned off, else milliseconds since the epoch; null when it is off. */
  get until(): DoNotDisturbUntil | null {
    const until = this.#options.until();
    return isDoNotDisturbOn(until, this.#options.clock.now()) ? until : null;
  }

  /** Off by itself when its time is over; nothing to wait for when it is off or stays until turned off. */
  watch(): void {
    const { clock } = this.#options;
    this.#stopWatching();
    const until = this.#options.until();
    if (until <= 0) return;
    this.#stopWatching = clock.after(Math.max(0, until - clock.now()), () => {
      this.#options.background(this.#options.keep({ doNotDisturbUntil: 0 }));
    });
  }

  async choose(minutes: number | 'until-tomorrow'): Promise<void> {
    await this.#options.keep({ doNotDisturbUntil: doNotDisturbUntil(minutes, this.#options.clock.now()) });
    this.watch();
  }

  close(): void {
    this.#stopWatching();
  }
}
