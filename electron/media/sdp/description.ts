// What a session description says (RFC 8866), as far as audio needs it.
import type { Fingerprint, SrtpSuite } from '../../../contract/index.ts';

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** A payload type with its a=rtpmap and a=fmtp. */
export interface Format {
  pt: number;
  /** As written; compare without regard to case. */
  name: string;
  clockRate: number;
  channels: number;
  fmtp: string;
}

/** a=crypto (RFC 4568 section 9.1) that we can use. */
export interface CryptoLine {
  tag: number;
  suite: SrtpSuite;
  /** Master key and salt, base64. */
  key: string;
}

/** Who begins the DTLS handshake: the active side does (RFC 5763 section 5). */
export type Setup = 'active' | 'passive' | 'actpass' | 'holdconn';

export interface MediaDescription {
  kind: string;
  port: number;
  /** As written: RTP/AVP, RTP/SAVP, UDP/TLS/RTP/SAVPF. */
  proto: string;
  /** The m-line's formats as written, to refuse it with the same ones. */
  formats: readonly string[];
  /** Address of its c= line or of the session's; null when there is none. */
  connection: string | null;
  direction: Direction;
  codecs: readonly Format[];
  crypto: readonly CryptoLine[];
  /** a=fingerprint with a hash function that counts (RFC 8122): keys can be agreed by DTLS. */
  fingerprints: readonly Fingerprint[];
  /** a=setup (RFC 4145); null when there is none. */
  setup: Setup | null;
  /** RTCP port when it is not the RTP port + 1 (RFC 3605). */
  rtcpPort: number | null;
  rtcpMux: boolean;
  /** They ask for VoIP metrics by RTCP (a=rtcp-xr, RFC 3611 section 5). */
  voipMetrics: boolean;
  /** Milliseconds. */
  ptime: number | null;
  maxptime: number | null;
  /** Has a=fingerprint and ICE credentials: WebRTC. */
  webRtc: boolean;
}

export interface SessionDescription {
  media: readonly MediaDescription[];
}
