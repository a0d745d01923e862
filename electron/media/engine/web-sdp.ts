// The private SDP between media window and engine: read as little as needed, answered from one template.
import type { CodecName, Selection } from '../../../contract/index.ts';

/** What the window's offer tells. */
export interface WebOffer {
  ufrag: string;
  /** sha-256, upper case. */
  fingerprint: string;
  mid: string;
  payloadTypes: WebPayloadTypes;
}

/** Chromium's own payload types. */
export interface WebPayloadTypes {
  codecs: ReadonlyMap<CodecName, number>;
  /** By clock rate. */
  telephoneEvent: ReadonlyMap<number, number>;
}

export interface WebTransport {
  ufrag: string;
  password: string;
  fingerprint: string;
  port: number;
  /** SSRC under which the engine sends. */
  ssrc: number;
}

const rtpmaps: readonly [CodecName, string][] = [
  ['opus', 'opus/48000/2'],
  ['G722', 'G722/8000'],
  ['PCMU', 'PCMU/8000'],
  ['PCMA', 'PCMA/8000'],
];

/** Null when it is not the offer of an audio peer connection. */
export function readWebOffer(sdp: string): WebOffer | null {
  const value = (name: string) => new RegExp(`^a=${name}:(.*)$`, 'm').exec(sdp)?.[1]?.trim();
  const ufrag = value('ice-ufrag');
  const [algorithm, fingerprint] = value('fingerprint')?.split(' ') ?? [];
  const mid = value('mid');
  if (!ufrag || !fingerprint || algorithm !== 'sha-256' || mid === undefined || !/^m=audio /m.test(sdp)) return null;
  const maps = [...sdp.matchAll(/^a=rtpmap:(\d{1,3}) (\S+)/gm)].map(
    ([, pt, map]) => [Number(pt), map?.toLowerCase()] as const,
  );
  const ptOf = (wanted: string) => maps.find(([, map]) => map === wanted.toLowerCase())?.[0];
  const codecs = new Map<CodecName, number>();
  for (const [name, map] of rtpmaps) {
    const pt = ptOf(map);
    if (pt !== undefined) codecs.set(name, pt);
  }
  const telephoneEvent = new Map<number, number>();
  for (const clock of [8000, 48_000]) {
    const pt = ptOf(`telephone-event/${clock}`);
    if (pt !== undefined) telephoneEvent.set(clock, pt);
  }
  return { ufrag, fingerprint: fingerprint.toUpperCase(), mid, payloadTypes: { codecs, telephoneEvent } };
}

/**
 * The answer: ICE-lite, passive, one host candidate, no extensions and no feedback. Before SDP settled the call (null) it
 * takes every codec; afterwards the settled one comes first, so Chromium sends it.
 */
export function writeWebAnswer(offer: WebOffer, transport: WebTransport, selection: Selection | null): string {
  const { codecs, telephoneEvent } = offer.payloadTypes;
  const names = selection?.codecs ?? rtpmaps.map(([name]) => name);
  const audio = names.flatMap((name) => {
    const pt = codecs.get(name);
    const map = rtpmaps.find(([known]) => known === name)?.[1];
    return pt === undefined || map === undefined ? [] : [{ pt, map, fmtp: name === 'opus' ? opusFmtp(selection) : '' }];
  });
  const clocks = selection ? (selection.telephoneEvent ? [selection.telephoneEvent] : []) : [48_000, 8000];
  const events = clocks.flatMap((clock) => {
    const pt = telephoneEvent.get(clock);
    return pt === undefined ? [] : [{ pt, map: `telephone-event/${clock}`, fmtp: '0-16' }];
  });
  const formats = [...audio, ...events];
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    `a=group:BUNDLE ${offer.mid}`,
    'a=ice-lite',
    'a=msid-semantic: WMS engine',
    `m=audio 9 UDP/TLS/RTP/SAVPF ${formats.map(({ pt }) => pt).join(' ')}`,
    'c=IN IP4 127.0.0.1',
    `a=mid:${offer.mid}`,
    'a=sendrecv',
    'a=rtcp-mux',
    `a=ice-ufrag:${transport.ufrag}`,
    `a=ice-pwd:${transport.password}`,
    `a=fingerprint:sha-256 ${transport.fingerprint}`,
    'a=setup:passive',
    ...formats.map(({ pt, map }) => `a=rtpmap:${pt} ${map}`),
    ...formats.flatMap(({ pt, fmtp }) => (fmtp ? [`a=fmtp:${pt} ${fmtp}`] : [])),
    `a=ptime:${selection?.ptime ?? 20}`,
    'a=msid:engine engine-audio',
    `a=ssrc:${transport.ssrc} cname:engine`,
    `a=candidate:1 1 udp 2130706431 127.0.0.1 ${transport.port} typ host`,
    'a=end-of-candidates',
    '',
  ].join('\r\n');
}

function opusFmtp(selection: Selection | null): string {
  return ['minptime=10', selection ? selection.opusFmtp : 'useinbandfec=1'].filter(Boolean).join(';');
}
