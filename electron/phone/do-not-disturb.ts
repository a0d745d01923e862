// Do not disturb: until when, and turned off by itself at that time.
import type { Clock, Dispose } from '../../contract/index.ts';

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

/** Calls `ended` when the time is over; nothing to do for off and for "until turned off". */
export function watchDoNotDisturb(until: DoNotDisturbUntil, clock: Clock, ended: () => void): Dispose {
  if (until <= 0) return () => {};
  return clock.after(Math.max(0, until - clock.now()), ended);
}
