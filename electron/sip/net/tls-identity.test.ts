import { expect, test } from 'vitest';
import { checkHttpsIdentity, checkPin, checkSipIdentity } from './tls-identity.ts';

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

test('a refusal says whether the common name, a wildcard or quite another name is the reason', () => {
  const code = (domain: string, certificate: object): unknown =>
    Reflect.get(checkSipIdentity(domain, certificate) ?? {}, 'code');
  expect(code('a.example.com', { subject: { CN: 'A.example.com' } })).toBe('CERT_COMMON_NAME_ONLY');
  expect(code('a.example.com', { subjectaltname: 'DNS:*.example.com' })).toBe('CERT_WILDCARD');
  expect(code('a.example.com', { subjectaltname: 'DNS:b.example.com' })).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
});

test.each([
  ['a.example.com', 'DNS:*.example.com', true],
  ['A.Example.com', 'DNS:*.EXAMPLE.com', true],
  ['example.com', 'DNS:*.example.com', false],
  ['a.b.example.com', 'DNS:*.example.com', false],
  ['a.example.com', 'DNS:a*.example.com', false],
  ['a.example.com', 'DNS:*.*.com', false],
  ['example.com', 'DNS:*.com', false],
  ['example.com', 'DNS:*', false],
  ['192.0.2.1', 'DNS:*.0.2.1', false],
])('where the account takes wildcards, and for secure WebSockets, %s and "%s": %s', (domain, subjectaltname, good) => {
  expect(checkSipIdentity(domain, { subjectaltname }, true) === undefined).toBe(good);
  expect(checkHttpsIdentity(domain, { subjectaltname }) === undefined).toBe(good);
});

test('a SIP URI has no wildcards, and keeps a wildcard beside it from counting', () => {
  expect(checkSipIdentity('a.example.com', { subjectaltname: 'URI:sip:*.example.com' }, true)).toBeDefined();
  expect(checkSipIdentity('a.example.com', { subjectaltname: 'URI:sip:b.com, DNS:*.example.com' }, true)).toBeDefined();
});

test('a SIP URI does not make a secure WebSocket server', () => {
  expect(checkHttpsIdentity('example.com', { subjectaltname: 'URI:sip:example.com' })).toBeDefined();
});

test('a pinned certificate is compared by its SHA-256, however that was written, and must be in time', () => {
  const certificate = {
    fingerprint256: 'AA:BB:0C',
    valid_from: 'Jan  1 00:00:00 2026 GMT',
    valid_to: 'Jan  1 00:00:00 2027 GMT',
  };
  const at = (date: string): number => Date.parse(date);
  expect(checkPin('aa:bb:0c', certificate, at('2026-06-01'))).toBeUndefined();
  expect(checkPin(' AABB0C', certificate, at('2026-06-01'))).toBeUndefined();
  expect(checkPin('AABB0D', certificate, at('2026-06-01'))).toMatchObject({ code: 'CERT_NOT_PINNED' });
  expect(checkPin('AABB0C', certificate, at('2027-06-01'))).toMatchObject({ code: 'CERT_HAS_EXPIRED' });
  expect(checkPin('AABB0C', certificate, at('2025-06-01'))).toMatchObject({ code: 'CERT_NOT_YET_VALID' });
});
