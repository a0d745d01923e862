// A registration and a few calls as SIP messages, for the dev page and tests of the windows. Not in the product.
import type { QueryResults, TraceRow } from '../../contract/index.ts';

export type FakeMessage = NonNullable<QueryResults['trace-message']>;

const exchange: readonly (readonly ['out' | 'in', string, string])[] = [
  ['out', 'REGISTER sip:example.com SIP/2.0', '1 REGISTER'],
  ['in', 'SIP/2.0 401 Unauthorized', '1 REGISTER'],
  ['out', 'REGISTER sip:example.com SIP/2.0', '2 REGISTER'],
  ['in', 'SIP/2.0 200 OK', '2 REGISTER'],
  ['out', 'INVITE sip:+41441234567@example.com SIP/2.0', '1 INVITE'],
  ['in', 'SIP/2.0 100 Trying', '1 INVITE'],
  ['in', 'SIP/2.0 180 Ringing', '1 INVITE'],
  ['in', 'SIP/2.0 486 Busy Here', '1 INVITE'],
  ['out', 'ACK sip:+41441234567@example.com SIP/2.0', '1 ACK'],
];

/** Messages of a minute before `now`. */
export function fakeTrace(now: number): FakeMessage[] {
  return Array.from({ length: 45 }, (_, index): FakeMessage => {
    const [direction, line, cseq] = exchange[index % exchange.length] ?? ['out', '', ''];
    const round = Math.floor(index / exchange.length);
    return {
      id: index + 1,
      at: now - 60_000 + index * 1234,
      direction,
      transport: 'tls',
      local: '192.0.2.7:51344',
      peer: '198.51.100.2:5061',
      accountId: 'work',
      text:
        `${line}\r\nVia: SIP/2.0/TLS 192.0.2.7:51344;branch=z9hG4bK${index}\r\nMax-Forwards: 70\r\n` +
        `From: "Mara Lindt" <sip:4410@example.com>;tag=77a1\r\nTo: <sip:+41441234567@example.com>\r\nCall-ID: call-${round}\r\nCSeq: ${cseq}\r\n` +
        `${line.startsWith('REGISTER') && cseq.startsWith('2') ? 'Authorization: Digest [blanked]\r\n' : ''}Content-Length: 0\r\n\r\n`,
    };
  });
}

export function traceRow({ text, ...entry }: FakeMessage): TraceRow {
  return { ...entry, line: text.split('\r\n')[0] ?? '', method: /CSeq: \d+ (\w+)/.exec(text)?.[1] ?? '' };
}
