// Forms that are legal, or met every day, and that other stacks drop without a word: all pass, and mean what they say.
import { describe, expect, test } from 'vitest';
import { checkRequest, parseMessage, parseNameAddr, parseUri, parseVia, type SipRequest } from './index.ts';

/** The INVITE with these lines in place of its own of the same name; it must pass the gate. */
function pass(...lines: string[]): SipRequest {
  const start = lines.find((line) => line.endsWith('SIP/2.0')) ?? 'INVITE sip:alice@a.test SIP/2.0';
  const given = lines.filter((line) => line !== start);
  const names = new Set(given.map((line) => line.split(':', 1)[0]));
  const own = [
    'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1',
    'Max-Forwards: 70',
    'From: <sip:bob@b.test>;tag=1',
    'To: <sip:alice@a.test>',
    'Call-ID: c',
    'CSeq: 1 INVITE',
  ].filter((line) => !names.has(line.split(':', 1)[0]));
  const message = parseMessage(Buffer.from([start, ...own, ...given, '', ''].join('\r\n')));
  if (message.kind !== 'request') throw new Error('it could not be read');
  const refusal = checkRequest(message);
  if (refusal) throw new Error(refusal.why);
  return message;
}

function address(request: SipRequest, name: string): ReturnType<typeof parseNameAddr> {
  return parseNameAddr(request.headers.get(name) ?? '');
}

describe('an odd form passes', () => {
  test('tel: in From, To, Contact and the Request-URI', () => {
    const request = pass(
      'INVITE tel:+4930123;phone-context=x SIP/2.0',
      'From: <tel:+49-30-1>;tag=1',
      'To: tel:110;tag=2',
      'Contact: <tel:+4930>',
    );
    expect(parseUri(request.uri)).toMatchObject({ scheme: 'tel', user: '+4930123' });
    expect(address(request, 'From')?.uri).toBe('tel:+49-30-1');
    expect(address(request, 'To')).toMatchObject({ uri: 'tel:110', params: new Map([['tag', '2']]) });
    expect(address(request, 'Contact')?.uri).toBe('tel:+4930');
  });

  test('an emergency service in To', () => {
    expect(address(pass('To: <urn:service:sos>'), 'To')?.uri).toBe('urn:service:sos');
  });

  test.each([
    ['From: Jörg Müller <sip:bob@b.test>;tag=1', 'Jörg Müller'],
    ['From: "Jörg \\"J\\" Müller" <sip:bob@b.test>;tag=1', 'Jörg "J" Müller'],
    ['From: "a\\\\b, <c>; d"<sip:bob@b.test>;tag=1', 'a\\b, <c>; d'],
    ['From: 日本 語<sip:bob@b.test>;tag=1', '日本 語'],
    ['From: Bob B.\r\n <sip:bob@b.test>\r\n ;tag=1', 'Bob B.'],
  ])('a name that is not quoted, not ASCII, escaped or folded: %s', (line, name) => {
    expect(address(pass(line), 'From')).toMatchObject({ displayName: name, params: new Map([['tag', '1']]) });
  });

  test.each([
    ['sip:bob@my_host.test', { host: 'my_host.test' }],
    ['sip:*31#456@b.test', { user: '*31#456' }],
    ['sip:bob@b.test;x="a;y";z=1=2', { host: 'b.test' }],
    ['sip:bob@[fe80::1%25eth0]:5062', { host: 'fe80::1%25eth0', port: 5062 }],
    ['sip:bob@[2001:db8::10]', { host: '2001:db8::10' }],
    ['SIP:bob@B.test', { scheme: 'sip', host: 'B.test' }],
    [
      'sips:bob:secret@b.test:5061;transport=tcp?Subject=x',
      { scheme: 'sips', user: 'bob:secret', headers: 'Subject=x' },
    ],
  ])('%s in Contact', (uri, parts) => {
    const contact = address(pass(`Contact: <${uri}>;expires=1`), 'Contact');
    expect(contact?.uri).toBe(uri);
    // Spaces and quotes have no place in a URI of its own; in <> they do no harm.
    if (!uri.includes('"')) expect(parseUri(uri)).toMatchObject(parts);
  });

  test('IPv6 in Via: with zone, with port, with received in brackets and without', () => {
    const request = pass(
      'Via: SIP/2.0/TCP [fe80::1%eth0]:5070;branch=z9hG4bK1;received=[2001:db8::9]',
      'Via: SIP/2.0/UDP [2001:db8::1];received=2001:db8::9;branch=z9hG4bK2',
    );
    expect(request.headers.all('Via').map(parseVia)).toMatchObject([
      {
        host: 'fe80::1%eth0',
        port: 5070,
        params: new Map([
          ['branch', 'z9hG4bK1'],
          ['received', '[2001:db8::9]'],
        ]),
      },
      {
        host: '2001:db8::1',
        params: new Map([
          ['received', '2001:db8::9'],
          ['branch', 'z9hG4bK2'],
        ]),
      },
    ]);
  });

  test('Vias joined by a comma, the first on top', () => {
    const request = pass(
      'v: SIP/2.0/UDP one.test;branch=z9hG4bKa , SIP/2.0/UDP two.test;branch=z9hG4bKb',
      'Via: SIP/2.0/UDP 3',
    );
    expect(request.headers.all('Via').map((via) => parseVia(via)?.host)).toEqual(['one.test', 'two.test', '3']);
  });

  test('a Contact of "*", an empty Supported, no Max-Forwards, leading zeros', () => {
    const request = pass(
      'REGISTER sip:a.test SIP/2.0',
      'Contact: *',
      'Supported:',
      'CSeq: 0007 REGISTER',
      'Max-Forwards: 070',
    );
    expect(request.headers.get('Contact')).toBe('*');
    expect(request.headers.get('Supported')).toBe('');
    expect(request.headers.all('Supported')).toEqual([]);
  });

  test('a Record-Route without angle brackets', () => {
    expect(pass('Record-Route: sip:p.test;lr').headers.all('Record-Route')).toEqual(['sip:p.test;lr']);
  });

  test('an extension method, letter by letter', () => {
    expect(pass('NewMethod sip:a@b SIP/2.0', 'CSeq: 1 NewMethod').method).toBe('NewMethod');
    expect(() => pass('NewMethod sip:a@b SIP/2.0', 'CSeq: 1 NEWMETHOD')).toThrow('CSeq names another method');
  });
});
