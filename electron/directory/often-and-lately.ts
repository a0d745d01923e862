// How often and how lately somebody is called, in one number: a time that grows with each call, and with time by itself fades.

/** A call counts half as much as one that came this much later, ms. */
const halfLife = 14 * 24 * 60 * 60 * 1000;

/**
 * When somebody who was called only once would have been called, to count as much: ms since the epoch. Each call counts
 * 2^(time / half-life), so the sum of all is kept as its logarithm, and whoever is compared need not be brought up to date.
 * @param before what it was; 0: never called
 * @param at when they were called now
 */
export function oftenAndLately(before: number, at: number): number {
  if (before === 0) return at;
  const apart = Math.abs(before - at) / halfLife;
  return Math.round(Math.max(before, at) + halfLife * Math.log2(1 + 2 ** -apart));
}
