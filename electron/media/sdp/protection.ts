// How an m-line protects its audio: not at all, by keys in SDP (RFC 4568), or by keys from a DTLS handshake (RFC 5763).
import type { Fingerprint, WireDtls } from '../../../contract/index.ts';
import type { CryptoLine, MediaDescription, Setup } from './description.ts';
import { usableCrypto } from './sdes.ts';

export type Protection =
  | { kind: 'none' }
  | { kind: 'sdes'; crypto: CryptoLine }
  | { kind: 'dtls'; fingerprints: readonly [Fingerprint, ...Fingerprint[]]; setup: Setup };

/** Null: it asks for something that we cannot do. */
export function protectionOf(media: MediaDescription): Protection | null {
  const proto = media.proto.toUpperCase();
  if (proto === 'RTP/AVP' || proto === 'RTP/AVPF') return { kind: 'none' };
  if (/^UDP\/TLS\/RTP\/SAVPF?$/.test(proto)) return byDtls(media);
  if (proto !== 'RTP/SAVP' && proto !== 'RTP/SAVPF') return null;
  const crypto = usableCrypto(media.crypto);
  // Before RFC 5764 named its own profile some wrote RTP/SAVP with a fingerprint.
  return crypto ? { kind: 'sdes', crypto } : byDtls(media);
}

function byDtls({ fingerprints, setup }: MediaDescription): Protection | null {
  const [first, ...others] = fingerprints;
  // An offer without a=setup leaves the choice open (RFC 4145 section 4.1 says active, which few mean).
  return first ? { kind: 'dtls', fingerprints: [first, ...others], setup: setup ?? 'actpass' } : null;
}

/** What we answer to their a=setup; whoever may choose begins, so audio is there sooner (RFC 5763 section 5). */
export function answeredSetup(theirs: Setup, before: WireDtls['role'] | null): 'active' | 'passive' {
  if (theirs === 'active') return 'passive';
  if (theirs === 'passive') return 'active';
  // A handshake that stands is kept as it is.
  return before === 'server' ? 'passive' : 'active';
}

/** The active side is the DTLS client. `theirs` answers our actpass. */
export function roleAgainst(theirs: Setup): WireDtls['role'] {
  return theirs === 'passive' ? 'client' : 'server';
}
