// What a session description says (RFC 8866), as far as audio needs it.
import type { SrtpSuite } from '../../../contract/index.ts';

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
  /** RTCP port when it is not the RTP port + 1 (RFC 3605). */
  rtcpPort: number | null;
  rtcpMux: boolean;
  /** Milliseconds. */
  ptime: number | null;
  maxptime: number | null;
  /** Has a=fingerprint and ICE credentials: WebRTC. */
  webRtc: boolean;
}

export interface SessionDescription {
  media: readonly MediaDescription[];
}
