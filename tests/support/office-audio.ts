// The little SDP that the office needs (RFC 4566, RFC 3264): one audio stream.

const formats = {
  PCMU: { type: 0, map: 'PCMU/8000' },
  PCMA: { type: 8, map: 'PCMA/8000' },
  G729: { type: 18, map: 'G729/8000' },
} as const;
export type AudioFormat = keyof typeof formats;
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** An offer or answer. */
export function describeAudio(
  port: number,
  names: readonly AudioFormat[],
  direction: Direction,
  version: number,
): string {
  const chosen = names.map((name) => formats[name]);
  return [
    'v=0',
    `o=office 1 ${version} IN IP4 127.0.0.1`,
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio ${port} RTP/AVP ${chosen.map(({ type }) => type).join(' ')} 101`,
    ...chosen.map(({ type, map }) => `a=rtpmap:${type} ${map}`),
    'a=rtpmap:101 telephone-event/8000',
    'a=ptime:20',
    `a=${direction}`,
    '',
  ].join('\r\n');
}

const opposite = { sendrecv: 'sendrecv', sendonly: 'recvonly', recvonly: 'sendonly', inactive: 'inactive' } as const;

/** PCMU to whatever direction was offered. */
export function answerTo(offer: string, port: number): string {
  const offered = /^a=(sendrecv|sendonly|recvonly|inactive)\r?$/m.exec(offer)?.[1];
  const direction = offered === 'sendonly' || offered === 'recvonly' || offered === 'inactive' ? offered : 'sendrecv';
  const version = Number(/^o=\S+ \S+ (\d+)/m.exec(offer)?.[1] ?? '1');
  return describeAudio(port, ['PCMU'], opposite[direction], version);
}
