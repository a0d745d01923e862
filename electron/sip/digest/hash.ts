// The hash functions of digest (RFC 7616 3.2, RFC 8760), weakest first.
import { createHash } from 'node:crypto';

/** In order of strength, so that a later one is preferred. */
export const algorithms = ['MD5', 'MD5-sess', 'SHA-256', 'SHA-256-sess', 'SHA-512-256', 'SHA-512-256-sess'] as const;
export type Algorithm = (typeof algorithms)[number];

const names: Record<Algorithm, string> = {
  MD5: 'md5',
  'MD5-sess': 'md5',
  'SHA-256': 'sha256',
  'SHA-256-sess': 'sha256',
  'SHA-512-256': 'sha512-256',
  'SHA-512-256-sess': 'sha512-256',
};

/** Lower-case hexadecimal hash of the text as UTF-8. */
export function hash(algorithm: Algorithm, text: string | Buffer): string {
  return createHash(names[algorithm]).update(text).digest('hex');
}

/** False where the runtime's crypto library lacks it (FIPS builds have no MD5, some builds no SHA-512/256). */
export function isUsable(algorithm: Algorithm): boolean {
  try {
    createHash(names[algorithm]);
    return true;
  } catch {
    return false;
  }
}
