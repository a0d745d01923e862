import { describe, expect, test } from 'vitest';
import { checkRequest, checkResponse } from './gate.ts';
import { createRequest, createResponse } from './message.ts';

const GOOD: [string, string][] = [
  ['Via', 'SIP/2.0/UDP h;branch=z9hG4bK1'],
  ['Max-Forwards', '70'],
  ['From', '<sip:a@x>;tag=1'],
  ['To', '<sip:b@x>'],
  ['Call-ID', 'c'],
  ['CSeq', '1 INVITE'],
];

/** The good INVITE with one header changed; null takes it out. */
function invite(name: string, value: string | null, uri = 'sip:b@x') {
  const others = GOOD.filter(([header]) => header !== name);
  return createRequest('INVITE', uri, value === null ? others : [...others, [name, value]]);
}

describe('the gate', () => {
  test('lets a good request through, also to a tel: number, with Max-Forwards 0, and without one (RFC 2543)', () => {
    expect(checkRequest(invite('X', 'y'))).toBeNull();
    expect(checkRequest(invite('X', 'y', 'tel:+1'))).toBeNull();
    expect(checkRequest(invite('Max-Forwards', '0'))).toBeNull();
    expect(checkRequest(invite('Max-Forwards', null))).toBeNull();
  });

  test.each([
    ['From', null],
    ['To', null],
    ['Call-ID', null],
    ['CSeq', null],
    ['From', '<foo>;tag=1'],
    ['To', '"open <sip:b@x>'],
    ['Call-ID', ''],
    ['CSeq', '4294967296 INVITE'],
    ['CSeq', '-1 INVITE'],
    ['CSeq', '1 OPTIONS'],
    ['CSeq', '1'],
    ['Max-Forwards', '256'],
    ['Max-Forwards', 'many'],
  ])('refuses %s: %s with 400', (name, value) => {
    expect(checkRequest(invite(name, value))?.status).toBe(400);
  });

  test('refuses what stands twice but may only stand once', () => {
    const request = invite('X', 'y');
    request.headers.append('Call-ID', 'another');
    expect(checkRequest(request)).toMatchObject({ status: 400, why: 'more than one Call-ID' });
  });

  test('refuses an unknown scheme with 416 and a broken URI with 400', () => {
    expect(checkRequest(invite('X', 'y', 'soap.beep://192.0.2.1'))?.status).toBe(416);
    expect(checkRequest(invite('X', 'y', 'sip:2001:db8::10'))?.status).toBe(400);
    expect(checkRequest(invite('X', 'y', 'noscheme'))?.status).toBe(400);
  });

  test('names the extensions that are not understood, where it was told which are', () => {
    const request = invite('Require', '100rel, teleport');
    expect(checkRequest(request)).toBeNull();
    expect(checkRequest(request, { extensions: new Set(['100rel']) })).toMatchObject({
      status: 420,
      headers: [['Unsupported', 'teleport']],
    });
  });

  test('lets a response through with exactly one Via', () => {
    expect(checkResponse(createResponse(200, { headers: GOOD }))).toBe(true);
    expect(checkResponse(createResponse(200, { headers: [...GOOD, ['Via', 'SIP/2.0/UDP z']] }))).toBe(false);
    expect(checkResponse(createResponse(200, { headers: [['CSeq', 'x']] }))).toBe(false);
  });
});
