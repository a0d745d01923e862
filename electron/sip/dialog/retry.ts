// When a refused change of the session is tried again (RFC 3261 14.1, 21.5.1; RFC 3311 5.1). Pure.
import type { SipResponse } from '../wire/index.ts';

/** RFC 3261 14.1: who made the Call-ID waits longer after a 491, so that the two do not meet again. ms. */
const GLARE = { owner: [2100, 4000], other: [0, 2000] } as const;

/** Longer than this nobody waits for a change, ms. */
const LONGEST_WAIT = 10_000;

/** Tries in all. */
export const MOST_TRIES = 5;

/** ms to wait before the next try; null: there is none. `random`: 0 to 1. */
export function pauseAfter(
  status: number,
  response: SipResponse | null,
  owner: boolean,
  random: number,
): number | null {
  if (status === 491) {
    const [least, most] = owner ? GLARE.owner : GLARE.other;
    return least + random * (most - least);
  }
  if (status !== 500 && status !== 503) return null;
  const seconds = /^\s*(\d{1,6})/.exec(response?.headers.get('Retry-After') ?? '')?.[1];
  const wait = seconds === undefined ? Number.POSITIVE_INFINITY : Number(seconds) * 1000;
  return wait <= LONGEST_WAIT ? wait : null;
}

/** Retry-After of a 500 to an overlapping request: 0 to 10 s, so that the two do not keep step (RFC 3261 14.2). */
export function retryAfter(random: number): [string, string] {
  return ['Retry-After', String(Math.floor(random * 11))];
}
