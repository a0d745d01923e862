import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexLines } from './head.ts';
import { HeaderFields } from './headers.ts';
import { createRequest, createResponse, parseMessage, serialize, type SipMessage } from './index.ts';
import { linesWithin } from './lines.ts';

/** Lines of a message, as datagram. */
function bytes(lines: readonly string[], body = ''): Buffer {
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

function read(lines: readonly string[], body = ''): SipMessage {
  const message = parseMessage(bytes(lines, body));
  if (message.kind === 'malformed') throw new Error(message.reason);
  return message;
}

const INVITE = [
  'INVITE sip:bob@b.test SIP/2.0',
  'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1',
  'From: <sip:alice@a.test>;tag=1',
  'To: <sip:bob@b.test>',
  'Call-ID: one@a.test',
  'CSeq: 1 INVITE',
];

describe('reading a message', () => {
  test('gives method, Request-URI, headers and body of a request', () => {
    const message = read([...INVITE, 'Content-Length: 4'], 'v=0\n');
    expect(message).toMatchObject({ kind: 'request', method: 'INVITE', uri: 'sip:bob@b.test' });
    expect(message.headers.get('call-id')).toBe('one@a.test');
    expect(message.body.toString()).toBe('v=0\n');
  });

  test('gives status and reason of a response, also without a reason', () => {
    expect(read(['SIP/2.0 180 Ringing', 'CSeq: 1 INVITE'])).toMatchObject({ status: 180, reason: 'Ringing' });
    expect(read(['SIP/2.0 100 ', 'CSeq: 1 INVITE'])).toMatchObject({ status: 100, reason: '' });
  });

  test('expands compact names and ignores case', () => {
    const { headers } = read(['SIP/2.0 200 OK', 'v: SIP/2.0/UDP h;branch=1', 'CALL-id: x', 'o: dialog', 'K: path']);
    expect(headers.get('Via')).toBe('SIP/2.0/UDP h;branch=1');
    expect(headers.get('i')).toBe('x');
    expect(headers.get('Event')).toBe('dialog');
    expect([...headers.entries()].map(([name]) => name)).toEqual(['Via', 'Call-ID', 'Event', 'Supported']);
  });

  test('unfolds lines', () => {
    expect(read(['SIP/2.0 200 OK', 'Subject: I know\r\n\tyou are\r\n  there']).headers.get('Subject')).toBe(
      'I know you are there',
    );
  });

  test('unfolds long runs of spaces in one pass', () => {
    // A pattern that looks for the spaces before a line break takes hours here.
    const line = Buffer.from(`Subject: a${' '.repeat(1_000_000)}b\r\n  c\r\n \r\n\td\r\n`);
    const lines = linesWithin(line, 0, line.length);
    const fields = new HeaderFields(lines);
    expect(indexLines(lines, 0, lines.end, fields)).toBeNull();
    expect(fields.get('Subject')).toBe(`a${' '.repeat(1_000_000)}b c d`);
  });

  test('takes the version in any case (RFC 3261 7.1)', () => {
    expect(read(['sip/2.0 200 OK', 'CSeq: 1 INVITE'])).toMatchObject({ kind: 'response', status: 200 });
    expect(read(['OPTIONS sip:a@b sip/2.0', 'CSeq: 1 OPTIONS'])).toMatchObject({ kind: 'request', uri: 'sip:a@b' });
  });

  test('reads names that are not UTF-8 as Latin-1, as the old devices that write them mean it', () => {
    const message = parseMessage(Buffer.from(`${INVITE.join('\r\n')}\r\nSubject: M\xfcller\r\n\r\n`, 'latin1'));
    expect(message.kind === 'request' && message.headers.get('Subject')).toBe('Müller');
  });

  test('expands every registered compact name', () => {
    const compact = 'a b c d e f i j k l m n o r s t u v x y'.split(' ');
    const { headers } = read(['SIP/2.0 200 OK', ...compact.map((letter) => `${letter}: 0`)]);
    expect([...headers.entries()].map(([name]) => name).join(' ')).toBe(
      'Accept-Contact Referred-By Content-Type Request-Disposition Content-Encoding From Call-ID Reject-Contact Supported ' +
        'Content-Length Contact Identity-Info Event Refer-To Subject To Allow-Events Via Session-Expires Identity',
    );
  });

  test('splits comma lists outside of quotes and angle brackets', () => {
    const { headers } = read([
      'SIP/2.0 200 OK',
      'Contact: "Bell, A" <sip:a@x;y=1,2>;q=0.5, <sip:b@x>',
      'Contact: sip:c@x',
      'Subject: one, two',
    ]);
    expect(headers.all('Contact')).toEqual(['"Bell, A" <sip:a@x;y=1,2>;q=0.5', '<sip:b@x>', 'sip:c@x']);
    expect(headers.get('Contact')).toBe('"Bell, A" <sip:a@x;y=1,2>;q=0.5');
    expect(headers.all('Subject')).toEqual(['one, two']);
  });

  test('takes a body as long as Content-Length says, in octets', () => {
    expect(read([...INVITE, 'Content-Length: 2'], 'ä and more').body.toString()).toBe('ä');
    expect(read(INVITE, 'all of it').body.toString()).toBe('all of it');
  });

  test('takes no body from a stream without Content-Length', () => {
    const message = parseMessage(bytes(INVITE, 'x'), { stream: true });
    expect(message.kind === 'request' && message.body.length).toBe(0);
  });

  test('keeps UTF-8 in names', () => {
    expect(read([...INVITE, 'Subject: Grüße 你好']).headers.get('Subject')).toBe('Grüße 你好');
  });

  test('accepts bare line feeds and empty lines before the start', () => {
    const message = parseMessage(Buffer.from(`\r\n\r\n${INVITE.join('\n')}\n\nbody`));
    expect(message.kind === 'request' && message.body.toString()).toBe('body');
  });
});

describe('what cannot be read', () => {
  test.each([
    ['a Content-Length beyond the datagram', [...INVITE, 'Content-Length: 9'], 400],
    ['a negative Content-Length', [...INVITE, 'Content-Length: -9'], 400],
    ['two Content-Lengths that disagree', [...INVITE, 'Content-Length: 1', 'l: 0'], 400],
    ['a header without a colon', [...INVITE, 'nonsense'], 400],
    ['a carriage return inside a header', [...INVITE, 'Subject: a\rVia: b'], 400],
    ['spaces in the Request-URI', ['INVITE sip:a@b ;x SIP/2.0', ...INVITE.slice(1)], 400],
    ['another version', ['INVITE sip:a@b SIP/7.0', ...INVITE.slice(1)], 505],
  ])('can be answered: %s', (_what, lines, status) => {
    const message = parseMessage(bytes(lines, 'x'));
    expect(message).toMatchObject({ kind: 'malformed', status, request: { method: 'INVITE' } });
  });

  test.each([
    ['HTTP', ['GET / HTTP/1.1', 'Host: x']],
    ['a method that is no token', ['IN{VITE sip:a@b SIP/2.0']],
    ['a status beyond 699', ['SIP/2.0 4294967301 OK']],
    ['a carriage return in the reason', ['SIP/2.0 200 OK\rVia: x']],
    ['a status of two digits', ['SIP/2.0 20 OK']],
    ['an empty start line', [' ', ...INVITE]],
  ])('cannot be answered: %s', (_what, lines) => {
    const message = parseMessage(bytes(lines));
    expect(message.kind).toBe('malformed');
    expect(message).not.toHaveProperty('request');
  });

  test('a header of more than 16 kB is read no further than to answer it', () => {
    const message = parseMessage(bytes([...INVITE, `Subject: ${'x'.repeat(17_000)}`]));
    expect(message).toMatchObject({ kind: 'malformed', status: 513, request: { method: 'INVITE' } });
    if (message.kind !== 'malformed') return;
    expect(message.request?.headers.get('CSeq')).toBe('1 INVITE');
    expect(message.request?.headers.has('Subject')).toBe(false);
  });

  test('a message of more than 64 kB, said or sent', () => {
    const said = parseMessage(bytes([...INVITE, 'Content-Length: 70000']), { stream: true });
    expect(said).toMatchObject({ kind: 'malformed', status: 513, request: { method: 'INVITE' } });
    const sent = parseMessage(bytes(INVITE, 'x'.repeat(70_000)));
    expect(sent).toMatchObject({ kind: 'malformed', status: 513, request: { method: 'INVITE' } });
    expect(sent.kind === 'malformed' && sent.request?.headers.get('Call-ID')).toBe('one@a.test');
  });

  test('nothing at all, STUN, or noise', () => {
    for (const noise of [Buffer.alloc(0), Buffer.from('\r\n\r\n'), Buffer.from([0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42])]) {
      expect(parseMessage(noise).kind).toBe('malformed');
    }
  });

  test('never throws, whatever the bytes', () => {
    const valid = bytes([...INVITE, 'Contact: "x" <sip:a@b>, <sip:c@d>', 'Content-Length: 3'], 'abc');
    const mutated = fc
      .array(fc.tuple(fc.nat(valid.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 8 })
      .map((changes) => {
        const copy = Buffer.from(valid);
        for (const [at, byte] of changes) copy[at] = byte;
        return copy;
      });
    const noise = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
    fc.assert(
      fc.property(fc.oneof(mutated, noise), (input) => {
        const message = parseMessage(input);
        if (message.kind === 'malformed') return;
        for (const [name] of message.headers.entries()) message.headers.all(name);
        expect(parseMessage(serialize(message)).kind).toBe(message.kind);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('writing a message', () => {
  test('what was written is read again', () => {
    const request = createRequest(
      'MESSAGE',
      'sip:b@x',
      [
        ['From', '<sip:a@x>'],
        ['Content-Type', 'text/plain'],
      ],
      'Grüße',
    );
    expect(serialize(request).toString()).toBe(
      'MESSAGE sip:b@x SIP/2.0\r\nFrom: <sip:a@x>\r\nContent-Type: text/plain\r\nContent-Length: 7\r\n\r\nGrüße',
    );
    expect(parseMessage(serialize(request))).toMatchObject({ method: 'MESSAGE', body: Buffer.from('Grüße') });
  });

  test('Content-Length is counted, not believed', () => {
    const response = createResponse(200, { headers: [['l', '99']], body: 'abc' });
    expect(serialize(response).toString()).toBe('SIP/2.0 200 OK\r\nContent-Length: 3\r\n\r\nabc');
  });

  test('a line break in a value cannot start a header', () => {
    const request = createRequest('OPTIONS', 'sip:b@x', [['Subject', 'a\r\nRoute: <sip:evil>']]);
    expect(serialize(request).toString()).toContain('Subject: a Route: <sip:evil>\r\n');
  });
});

describe('changing headers', () => {
  test('set keeps the place of the first, append goes last, prepend before the first of its name', () => {
    const { headers } = createRequest('OPTIONS', 'sip:b@x', [
      ['Via', 'one'],
      ['To', 'x'],
      ['Via', 'two'],
      ['CSeq', '1 OPTIONS'],
    ]);
    headers.set('to', ['a', 'b']);
    headers.prepend('Via', 'zero');
    headers.append('Via', 'three');
    headers.delete('CSeq');
    expect([...headers.entries()].map((entry) => entry.join('='))).toEqual([
      'Via=zero',
      'Via=one',
      'To=a',
      'To=b',
      'Via=two',
      'Via=three',
    ]);
    headers.set('Via', 'only');
    headers.set('Route', ['r']);
    expect([...headers.entries()].map((entry) => entry.join('='))).toEqual(['Via=only', 'To=a', 'To=b', 'Route=r']);
  });
});
