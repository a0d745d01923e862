// SDES keys for SRTP (RFC 4568): what we offer, what we take, and our key for each suite.
import { randomBytes } from 'node:crypto';
import type { SrtpSuite } from '../../../contract/index.ts';
import type { CryptoLine } from './description.ts';

/** Bytes of master key and salt together (RFC 4568 section 6.2, RFC 6188, RFC 7714 section 12). */
const keyLengths: Readonly<Record<SrtpSuite, number>> = {
  AEAD_AES_128_GCM: 28,
  AEAD_AES_256_GCM: 44,
  AES_CM_128_HMAC_SHA1_80: 30,
  AES_CM_128_HMAC_SHA1_32: 30,
  AES_256_CM_HMAC_SHA1_80: 46,
  AES_256_CM_HMAC_SHA1_32: 46,
};

const offered: readonly SrtpSuite[] = ['AEAD_AES_128_GCM', 'AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32'];
/** Where nothing but encryption will do, phones that only speak this one are asked too; elsewhere an INVITE stays small. */
const offeredWhenRequired: readonly SrtpSuite[] = [...offered, 'AEAD_AES_256_GCM'];

/** Our keys of one call: one for each suite, the same as long as the call lasts, so that SRTP's state goes on. */
export class SdesKeys {
  readonly #keys = new Map<SrtpSuite, string>();

  keyFor(suite: SrtpSuite): string {
    const known = this.#keys.get(suite);
    if (known) return known;
    const key = randomBytes(keyLengths[suite]).toString('base64');
    this.#keys.set(suite, key);
    return key;
  }

  /** The lines of an offer, the strongest first; alone the one in use, so that a later offer changes no suite under a call. */
  offer(inUse: SrtpSuite | null, required: boolean): CryptoLine[] {
    const suites = inUse ? [inUse] : required ? offeredWhenRequired : offered;
    return suites.map((suite, index) => ({ tag: index + 1, suite, key: this.keyFor(suite) }));
  }
}

/** The first line of theirs whose key has the length that its suite asks for. */
export function usableCrypto(lines: readonly CryptoLine[]): CryptoLine | null {
  return lines.find((line) => Buffer.from(line.key, 'base64').length === keyLengths[line.suite]) ?? null;
}
