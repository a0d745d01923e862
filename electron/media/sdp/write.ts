// Writes a session description for RTP in the clear, or with keys by SDES or DTLS (RFC 8866, RFC 3551, RFC 4568, RFC 5763).
import type { Fingerprint } from '../../../contract/index.ts';
import type { CryptoLine, Direction, Setup } from './description.ts';
import type { Kind } from './codecs.ts';

/** Our audio m-line. */
export interface AudioSection {
  kind: 'audio';
  port: number;
  /** As offered to us when we answer, else RTP/AVP or RTP/SAVP. */
  proto: string;
  formats: readonly { pt: number; kind: Kind }[];
  crypto: readonly CryptoLine[];
  /** Keys by DTLS (RFC 5763); null: not offered. */
  dtls: { fingerprint: Fingerprint; setup: Setup } | null;
  direction: Direction;
  /** Milliseconds. */
  ptime: number;
  rtcpMux: boolean;
  /** Asks for VoIP metrics by RTCP (RFC 3611 section 5). */
  voipMetrics: boolean;
}

/** An m-line that we refuse: port 0, the rest as they wrote it (RFC 3264 section 6). */
export interface RefusedSection {
  kind: 'refused';
  media: string;
  proto: string;
  formats: readonly string[];
}

export type Section = AudioSection | RefusedSection;

export interface Body {
  address: string;
  sections: readonly Section[];
}

/** The whole text. The version of o= must grow with each change (RFC 3264 section 8). */
export function writeSdp(body: Body, origin: { sessionId: string; version: number }): string {
  const address = `IN ${body.address.includes(':') ? 'IP6' : 'IP4'} ${body.address}`;
  const lines = [
    'v=0',
    `o=- ${origin.sessionId} ${origin.version} ${address}`,
    's=-',
    `c=${address}`,
    't=0 0',
    ...body.sections.flatMap((section) => (section.kind === 'audio' ? audioLines(section) : refusedLines(section))),
  ];
  return lines.join('\r\n') + '\r\n';
}

function refusedLines(section: RefusedSection): string[] {
  const formats = section.formats.length > 0 ? section.formats : ['0'];
  return [`m=${section.media} 0 ${section.proto} ${formats.join(' ')}`];
}

function audioLines(section: AudioSection): string[] {
  return [
    `m=audio ${section.port} ${section.proto} ${section.formats.map(({ pt }) => pt).join(' ')}`,
    ...section.formats.flatMap(({ pt, kind }) => [
      `a=rtpmap:${pt} ${kind.rtpmap}`,
      ...(kind.fmtp ? [`a=fmtp:${pt} ${kind.fmtp}`] : []),
    ]),
    ...section.crypto.map(({ tag, suite, key }) => `a=crypto:${tag} ${suite} inline:${key}`),
    ...(section.dtls
      ? [
          `a=fingerprint:${section.dtls.fingerprint.algorithm} ${section.dtls.fingerprint.value}`,
          `a=setup:${section.dtls.setup}`,
        ]
      : []),
    `a=ptime:${section.ptime}`,
    ...(section.rtcpMux ? ['a=rtcp-mux'] : []),
    `a=rtcp:${section.rtcpMux ? section.port : section.port + 1}`,
    ...(section.voipMetrics ? ['a=rtcp-xr:voip-metrics'] : []),
    `a=${section.direction}`,
  ];
}
