import { describe, expect, it } from 'vitest';
import { createResponse } from '../wire/index.ts';
import { endOfCancel, endOfResponse } from './causes.ts';

describe('a call ends', () => {
  it.each([
    [486, 'busy'],
    [600, 'busy'],
    [603, 'declined'],
    [480, 'no-answer'],
    [408, 'no-answer'],
    [487, 'cancelled'],
  ] as const)('with %i as %s, which needs no sentence', (status, result) => {
    expect(endOfResponse(createResponse(status), undefined)).toEqual({ by: 'them', result, status, reason: null });
  });

  it.each([
    [404, 'number-unknown'],
    [484, 'number-unknown'],
    [604, 'number-unknown'],
    [488, 'no-common-codec'],
    [606, 'no-common-codec'],
    [403, 'call-forbidden'],
    [503, 'server-trouble'],
    [500, 'server-trouble'],
    [302, 'call-redirected'],
    [402, 'call-failed'],
    [699, 'call-failed'],
  ] as const)('with %i as failed, for a reason that has a sentence (%s)', (status, code) => {
    const end = endOfResponse(createResponse(status), undefined);
    expect(end).toMatchObject({ result: 'failed', status, reason: { code } });
    expect(end.reason?.message).toMatch(/^[A-Z].*\.$/);
  });

  it('with the phrase and warnings for whoever has to look into it', () => {
    const response = createResponse(488, { headers: [['Warning', '305 h "Incompatible media format"']] });
    expect(endOfResponse(response, undefined).reason?.detail).toBe(
      '488 Not Acceptable Here; 305 h "Incompatible media format"',
    );
  });

  it('with 302 and names the place, but does not go there', () => {
    const response = createResponse(302, { headers: [['Contact', '<sip:900123@toll.example>']] });
    expect(endOfResponse(response, undefined).reason?.message).toContain('sip:900123@toll.example');
  });

  it('with 407 differently when the password is wrong, missing, or asked for by a stranger', () => {
    const codes = (['rejected', 'no-password', 'other-realm', 'unknown-challenge'] as const).map(
      (how) => endOfResponse(createResponse(407), how).reason?.code,
    );
    expect(codes).toEqual(['password-not-accepted', 'password-missing', 'realm-changed', 'login-method-unknown']);
  });
});

describe('a CANCEL', () => {
  it('with the Reason of RFC 3326 means that somebody else answered', () => {
    expect(endOfCancel(['SIP;cause=200;text="Call completed elsewhere"']).result).toBe('answered-elsewhere');
    expect(endOfCancel(['Q.850;cause=16', 'sip ;text="x" ; cause = 200']).result).toBe('answered-elsewhere');
  });

  it('without it means that the caller gave up', () => {
    for (const reasons of [[], ['SIP;cause=487'], ['Q.850;cause=200'], ['SIP;cause=2000'], ['']]) {
      expect(endOfCancel(reasons).result).toBe('cancelled');
    }
  });
});
