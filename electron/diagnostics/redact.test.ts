// No secret may stay in what is written.
import { expect, test } from 'vitest';
import { redactText, redactValue } from './redact.ts';

test.each([
  [
    'a digest response',
    'Authorization: Digest username="nora", realm="example.com", nonce="abc", uri="sip:example.com", response="canary", cnonce="canary", nc=00000001, qop=auth',
  ],
  ['a digest response over two lines', 'Authorization: Digest username="nora",\r\n response="canary"\r\nTo: x'],
  ['a response without quotes', 'Proxy-Authorization: Digest username=nora, response=canary, qop=auth'],
  ['a basic password', 'Authorization: Basic canary=='],
  ['a bearer token over two lines', 'Proxy-Authorization:\tBearer\r\n canary\r\nTo: x'],
  ['credentials without a scheme', 'authorization: canary'],
  ["the server's answer to a digest", 'Authentication-Info: qop=auth, rspauth="canary"'],
  ['an SRTP key', 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:canary|2^20|1:32'],
  ['an ICE password', 'a=ice-ufrag:abcd\r\na=ice-pwd:canary\r\n'],
  ['a password in a URI', 'Contact: <sip:nora:canary@192.0.2.1:5060>'],
  ['keys pressed', 'Signal=canary'.replace('canary', '5')],
])('%s is taken out', (_what, text) => {
  const safe = redactText(text);
  expect(safe).not.toContain('canary');
  expect(safe).toContain('[redacted]');
});

test('what helps to find a fault stays', () => {
  const message = [
    'REGISTER sip:example.com SIP/2.0',
    'Authorization: Digest username="nora", realm="example.com", algorithm=SHA-256, response="canary"',
    'From: <sip:nora@example.com>;tag=1',
    'Contact: <sip:nora@192.0.2.1:5060;transport=tcp>',
    '',
    'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:canary',
  ].join('\r\n');
  expect(redactText(message).split('\r\n')).toEqual([
    'REGISTER sip:example.com SIP/2.0',
    'Authorization: Digest username="nora", realm="example.com", algorithm=SHA-256, response="[redacted]"',
    'From: <sip:nora@example.com>;tag=1',
    'Contact: <sip:nora@192.0.2.1:5060;transport=tcp>',
    '',
    'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:[redacted]',
  ]);
});

test('values are blanked by their name, however deep', () => {
  expect(
    redactValue({
      account: 'work',
      password: 'canary',
      nested: [{ authPassword: 'canary', apiToken: 'canary', hasPassword: true, oldPassword: '' }],
      headers: { Authorization: 'canary' },
    }),
  ).toEqual({
    account: 'work',
    password: '[redacted]',
    nested: [{ authPassword: '[redacted]', apiToken: '[redacted]', hasPassword: true, oldPassword: '' }],
    headers: { Authorization: '[redacted]' },
  });
});

test('errors are spelled out with their causes, without secrets', () => {
  const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', password: 'canary' });
  const written = redactValue({ error: new Error('sip:nora:canary@example.com failed', { cause }) });
  expect(written).toMatchObject({
    error: { name: 'Error', message: 'sip:nora:[redacted]@example.com failed', cause: { code: 'ECONNREFUSED' } },
  });
  expect(JSON.stringify(written)).not.toContain('canary');
});

test('circles, bytes, functions and very long texts do not break a line', () => {
  const circle: Record<string, unknown> = {
    bytes: new Uint8Array(3),
    run: () => 1,
    big: 10n,
    long: 'x'.repeat(10_000),
  };
  circle['self'] = circle;
  expect(redactValue(circle)).toEqual({
    bytes: '[3 bytes]',
    run: '[function]',
    big: '10',
    long: `${'x'.repeat(4096)}... (10000 characters)`,
    self: '[circular]',
  });
});

test('hostile text takes no time', () => {
  const started = performance.now();
  redactText(`${'Authorization: x\r\n '.repeat(3000)}${'sip:'.repeat(15_000)}${'"'.repeat(60_000)}`);
  redactText(`Authorization:${' \t'.repeat(30_000)}`);
  redactText(`response${' '.repeat(60_000)}`);
  expect(performance.now() - started).toBeLessThan(500);
});
