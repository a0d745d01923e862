// Randomness for branches, tags and Call-IDs (RFC 3261 19.3, 8.1.1.7): from node:crypto, never Math.random.
import { randomBytes } from 'node:crypto';

/** A token of at least `bits` random bits, letters and digits only. */
export function randomToken(bits: number): string {
  return randomBytes(Math.ceil(bits / 8)).toString('hex');
}

/** RFC 3261 8.1.1.7: branches that identify a transaction start with this. */
export const MAGIC_COOKIE = 'z9hG4bK';

/** A fresh branch, 128 random bits. */
export function randomBranch(): string {
  return MAGIC_COOKIE + randomToken(128);
}
