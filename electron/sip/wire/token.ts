// Randomness for branches, tags and Call-IDs (RFC 3261 19.3, 8.1.1.7): from node:crypto, never Math.random.
import { randomBytes } from 'node:crypto';

/** Bytes fetched at a time: a call takes a dozen tokens, and each fetch costs as much as a message's parsing. */
const POOL = 4096;

let pool: Buffer = Buffer.alloc(0);
let used = 0;

/** A token of at least `bits` random bits, letters and digits only. */
export function randomToken(bits: number): string {
  const length = Math.ceil(bits / 8);
  if (used + length > pool.length) {
    pool = randomBytes(Math.max(POOL, length));
    used = 0;
  }
  used += length;
  return pool.toString('hex', used - length, used);
}

/** RFC 3261 8.1.1.7: branches that identify a transaction start with this. */
export const MAGIC_COOKIE = 'z9hG4bK';

/** A fresh branch, 128 random bits. */
export function randomBranch(): string {
  return MAGIC_COOKIE + randomToken(128);
}
