import { expect, test } from 'vitest';
import { checkSipIdentity } from './tls-identity.ts';

test.each([
  ['example.com', 'DNS:example.com', true],
  ['EXAMPLE.com.', 'DNS:example.COM', true],
  ['example.com', 'URI:sip:example.com', true],
  ['example.com', 'URI:sip:example.com;transport=tls, DNS:sip.example.com', true],
  ['sip.example.com', 'URI:sip:example.com, DNS:sip.example.com', false],
  ['example.com', 'URI:sip:alice@example.com', false],
  ['example.com', 'URI:sips:example.com, DNS:example.com', true],
  ['example.com', 'URI:http://example.com', false],
  ['a.example.com', 'DNS:*.example.com', false],
  ['example.com', '', false],
  ['192.0.2.1', 'IP Address:192.0.2.1', true],
  ['192.0.2.1', 'DNS:192.0.2.1', false],
  ['2001:db8::1', 'IP Address:2001:DB8:0:0:0:0:0:1', true],
  ['evil.com', 'URI:"sip:good.com, DNS:evil.com"', false],
  ['evil.com', 'URI:"a\\", DNS:evil.com"', false],
])('%s and "%s": %s', (domain, subjectaltname, good) => {
  expect(checkSipIdentity(domain, { subjectaltname }) === undefined).toBe(good);
});

test('a certificate without alternative names is for nobody, whatever its common name', () => {
  expect(checkSipIdentity('example.com', {})).toMatchObject({ kind: 'certificate' });
});
