// SRTP suites and their session keys (RFC 3711 section 4.3, RFC 6188, RFC 7714).
import { createCipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import type { SrtpSuite } from '../../../contract/index.ts';

/** Lengths in bytes. */
export interface Suite {
  counterMode: 'aes-128-ctr' | 'aes-256-ctr';
  gcm: 'aes-128-gcm' | 'aes-256-gcm' | null;
  key: number;
  salt: number;
  tag: number;
  /** RFC 4568 section 6.2.2: 80 bits for RTCP also where RTP has 32. */
  rtcpTag: number;
}

const cm128 = { counterMode: 'aes-128-ctr', gcm: null, key: 16, salt: 14, rtcpTag: 10 } as const;
const cm256 = { counterMode: 'aes-256-ctr', gcm: null, key: 32, salt: 14, rtcpTag: 10 } as const;

export const suites: Readonly<Record<SrtpSuite, Suite>> = {
  AES_CM_128_HMAC_SHA1_80: { ...cm128, tag: 10 },
  AES_CM_128_HMAC_SHA1_32: { ...cm128, tag: 4 },
  AES_256_CM_HMAC_SHA1_80: { ...cm256, tag: 10 },
  AES_256_CM_HMAC_SHA1_32: { ...cm256, tag: 4 },
  AEAD_AES_128_GCM: { counterMode: 'aes-128-ctr', gcm: 'aes-128-gcm', key: 16, salt: 12, tag: 16, rtcpTag: 16 },
  AEAD_AES_256_GCM: { counterMode: 'aes-256-ctr', gcm: 'aes-256-gcm', key: 32, salt: 12, tag: 16, rtcpTag: 16 },
};

/** As key objects: from bytes, node:crypto makes a new one for every packet, which takes five times as long as the packet. */
export interface SessionKeys {
  cipher: KeyObject;
  authentication: KeyObject;
  salt: Buffer;
}

/** AES counter mode pseudo-random function of RFC 3711 section 4.3.3, with a key derivation rate of 0. */
export function deriveKey(suite: Suite, masterKey: Buffer, masterSalt: Buffer, label: number, length: number): Buffer {
  const iv = Buffer.alloc(16);
  masterSalt.copy(iv);
  iv.writeUInt8(iv.readUInt8(7) ^ label, 7);
  return createCipheriv(suite.counterMode, masterKey, iv).update(Buffer.alloc(length));
}

/** Keys for RTP (labels 0 to 2) and RTCP (3 to 5). */
export function deriveSessionKeys(
  suite: Suite,
  masterKey: Buffer,
  masterSalt: Buffer,
): { rtp: SessionKeys; rtcp: SessionKeys } {
  const keys = (first: number): SessionKeys => ({
    cipher: createSecretKey(deriveKey(suite, masterKey, masterSalt, first, suite.key)),
    authentication: createSecretKey(deriveKey(suite, masterKey, masterSalt, first + 1, 20)),
    salt: deriveKey(suite, masterKey, masterSalt, first + 2, suite.salt),
  });
  return { rtp: keys(0), rtcp: keys(3) };
}

/** The salt mixed into an initialisation vector, which is changed and returned (RFC 3711 section 4.1.1). */
export function xorInto(iv: Buffer, salt: Buffer): Buffer {
  for (let at = 0; at < salt.length; at++) iv.writeUInt8(iv.readUInt8(at) ^ salt.readUInt8(at), at);
  return iv;
}
