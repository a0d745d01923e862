// The little SDP that the practice exchange needs (RFC 4566, RFC 3264): one plain RTP audio stream.

export type CodecName = 'PCMU' | 'PCMA' | 'G722' | 'opus';

export interface Codec {
  name: CodecName;
  payloadType: number;
  /** As in rtpmap: `opus/48000/2`. */
  rtpmap: string;
}

/** What an offer or answer says about its first audio stream. */
export interface AudioDescription {
  address: string;
  port: number;
  codecs: Codec[];
  /** RFC 4733 payload type. */
  telephoneEvent: number | null;
  /** As seen by who wrote it. */
  direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
  /** All m= lines, so that an answer has as many. */
  media: string[];
  /** Index of the audio stream in `media`. */
  index: number;
}

const STATIC: Record<number, string> = { 0: 'PCMU/8000', 8: 'PCMA/8000', 9: 'G722/8000' };
const NAMES: Record<string, CodecName> = { pcmu: 'PCMU', pcma: 'PCMA', g722: 'G722', opus: 'opus' };
const DIRECTION = /^a=(sendrecv|sendonly|recvonly|inactive)$/;

/** Reads SDP; null when there is no plain RTP audio stream in it. */
export function parseAudio(sdp: string): AudioDescription | null {
  const lines = sdp.split(/\r?\n/);
  const starts = lines.flatMap((line, index) => (line.startsWith('m=') ? [index] : []));
  const media = starts.map((index) => lines[index] ?? '');
  const index = media.findIndex((line) => /^m=audio [1-9]\d* RTP\/AVPF? /.test(line));
  const start = starts[index];
  if (start === undefined) return null;
  const section = lines.slice(start, starts[index + 1]);
  const session = lines.slice(0, starts[0]);
  const [, port = '0', , ...types] = (media[index] ?? '').split(' ');

  const rtpmaps = new Map(Object.entries(STATIC).map(([type, map]) => [Number(type), map]));
  for (const line of section) {
    const map = /^a=rtpmap:(\d+) (\S+)/.exec(line);
    if (map?.[1] !== undefined && map[2] !== undefined) rtpmaps.set(Number(map[1]), map[2]);
  }
  const codecs: Codec[] = [];
  let telephoneEvent: number | null = null;
  for (const type of types.map(Number)) {
    const rtpmap = rtpmaps.get(type) ?? '';
    const name = NAMES[rtpmap.split('/')[0]?.toLowerCase() ?? ''];
    if (name) codecs.push({ name, payloadType: type, rtpmap });
    else if (/^telephone-event\/8000/i.test(rtpmap)) telephoneEvent ??= type;
  }
  const address = [...section, ...session].map((line) => /^c=IN IP[46] ([^/\s]+)/.exec(line)?.[1]).find(Boolean);
  const direction = [...section, ...session].map((line) => DIRECTION.exec(line)?.[1]).find(Boolean);
  if (address === undefined) return null;
  return {
    address,
    port: Number(port),
    codecs,
    telephoneEvent,
    direction:
      direction === 'sendonly' || direction === 'recvonly' || direction === 'inactive' ? direction : 'sendrecv',
    media,
    index,
  };
}

export interface LocalAudio {
  address: string;
  port: number;
  codecs: readonly Codec[];
  telephoneEvent: number | null;
  direction: AudioDescription['direction'];
  /** o= version: grows with each change. */
  version: number;
}

/** Writes an offer, or an answer to `offer`: its other streams are declined by port 0 (RFC 3264 6). */
export function writeAudio(local: LocalAudio, offer?: AudioDescription): string {
  const types = [
    ...local.codecs.map((codec) => codec.payloadType),
    ...(local.telephoneEvent === null ? [] : [local.telephoneEvent]),
  ];
  const audio = [
    `m=audio ${local.port} RTP/AVP ${types.join(' ')}`,
    ...local.codecs.map((codec) => `a=rtpmap:${codec.payloadType} ${codec.rtpmap}`),
    ...(local.telephoneEvent === null
      ? []
      : [`a=rtpmap:${local.telephoneEvent} telephone-event/8000`, `a=fmtp:${local.telephoneEvent} 0-15`]),
    'a=ptime:20',
    `a=${local.direction}`,
  ];
  const streams = offer ? offer.media.map((line, index) => (index === offer.index ? audio : [decline(line)])) : [audio];
  return [
    'v=0',
    `o=practice 1 ${local.version} IN IP4 ${local.address}`,
    's=practice',
    `c=IN IP4 ${local.address}`,
    't=0 0',
    ...streams.flat(),
    '',
  ].join('\r\n');
}

/** What we say to their direction (RFC 3264 6.1). */
export function answerDirection(theirs: AudioDescription['direction']): AudioDescription['direction'] {
  if (theirs === 'sendonly') return 'recvonly';
  return theirs === 'recvonly' ? 'sendonly' : theirs;
}

function decline(mediaLine: string): string {
  return mediaLine.replace(/^(m=\S+) \d+(\/\d+)?/, '$1 0');
}
