// When a phone's registration changed: states with their time, and waiting for one.
import type { RegistrationState } from '../../../contract/index.ts';
import type { Phone } from '../../peers/support/room.ts';

export interface Moment {
  /** Monotonic ms. */
  at: number;
  state: RegistrationState;
}

export interface Timeline {
  readonly moments: readonly Moment[];
  /** The first state of this name at or after `from` (monotonic ms), past or coming; null when none came within `ms`. */
  first(name: RegistrationState['name'], from: number, ms: number): Promise<Moment | null>;
}

/** Writes down every state of this phone's account from now on. */
export function timelineOf(phone: Phone): Timeline {
  const moments: Moment[] = [];
  const waiting = new Set<() => void>();
  phone.sip.listen({
    registration(_id, state) {
      moments.push({ at: performance.now(), state });
      for (const look of waiting) look();
    },
    incoming() {},
  });
  return {
    moments,
    first(name, from, ms) {
      const find = (): Moment | undefined => moments.find(({ at, state }) => at >= from && state.name === name);
      return new Promise((resolve) => {
        const look = (): void => {
          const found = find();
          if (found !== undefined) end(found);
        };
        const timer = setTimeout(() => end(null), ms);
        const end = (found: Moment | null): void => {
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      });
    },
  };
}

/** When each REGISTER left the phone, ms since the epoch; repeats of the same one (RFC 3261 17.1.2.2) count once. */
export function registersSent(phone: Phone): number[] {
  const seen = new Set<string>();
  return phone.trace.flatMap(({ at, direction, text }) => {
    const branch = /branch=([^;\s]+)/.exec(text)?.[1] ?? '';
    if (direction !== 'out' || !text.startsWith('REGISTER ') || seen.has(branch)) return [];
    seen.add(branch);
    return [at];
  });
}

/** The largest number of these times within any ten seconds. */
export function mostInTenSeconds(times: readonly number[]): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 10_000).length));
}
