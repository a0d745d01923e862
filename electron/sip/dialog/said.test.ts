// What headers say: Reason, Replaces, 3xx, and who calls.
import { describe, expect, it } from 'vitest';
import { createRequest, createResponse } from '../wire/index.ts';
import { alertInfo, autoAnswerAfter, callerOf, divertedFrom } from './identity.ts';
import { isElsewhere, saidIn } from './reason.ts';
import { chainOf, redirectTargets } from './redirect.ts';
import { formatReplaces, parseReplaces } from './replaces.ts';
import { pauseAfter, retryAfter } from './retry.ts';

const invite = (...headers: [string, string][]) =>
  createRequest(
    'INVITE',
    'sip:a@b',
    headers.some(([name]) => name === 'From') ? headers : [...headers, ['From', '"Bob" <sip:bob@x>;tag=1']],
  );

describe('Reason', () => {
  it('says that somebody else answered, in either protocol', () => {
    for (const reasons of [
      ['SIP;cause=200;text="Call completed elsewhere"'],
      ['Q.850;cause=16', 'sip ;text="x" ; cause = 200'],
      ['Q.850;cause=26'],
    ]) {
      expect(isElsewhere(reasons)).toBe(true);
    }
    for (const reasons of [[], [''], ['SIP;cause=487'], ['Q.850;cause=200'], ['SIP;cause=26'], ['SIP;cause=2000']]) {
      expect(isElsewhere(reasons)).toBe(false);
    }
  });

  it('has a text for people', () => {
    expect(saidIn(['Q.850;cause=16', 'SIP;cause=480;text="Gone \\"home\\""'])).toBe('Gone "home"');
    expect(saidIn(['Q.850;cause=16'])).toBeUndefined();
  });
});

describe('Replaces', () => {
  it('names a dialog, in any order', () => {
    const wanted = { callId: '98732@host', toTag: 'r33', fromTag: '12', earlyOnly: true };
    expect(parseReplaces('98732@host ;from-tag=12;early-only; to-tag=r33')).toEqual(wanted);
    expect(parseReplaces(formatReplaces(wanted))).toEqual(wanted);
  });

  it.each(['', 'a', 'a;to-tag=1', 'a;from-tag=1', ';to-tag=1;from-tag=2'])('is not %j', (text) => {
    expect(parseReplaces(text)).toBeNull();
  });
});

describe('a redirection', () => {
  it('names targets, best first, and nothing that would change the request', () => {
    const response = createResponse(302, {
      headers: [
        [
          'Contact',
          '<sip:c@x>;q=0.1, "D" <sip:d@x?Replaces=a&Route=%3Csip:evil%3E>;q=0.9, <http://x>, <sip:b@x;method=BYE>',
        ],
        ['Contact', '<sip:d@x>;q=0.9'],
      ],
    });
    expect(redirectTargets(response)).toEqual(['sip:b@x', 'sip:d@x', 'sip:c@x']);
  });

  it('is a list that a person can read, however long it is', () => {
    const many = Array.from({ length: 500 }, (_, index): [string, string] => ['Contact', `<sip:${index}@x>`]);
    expect(redirectTargets(createResponse(300, { headers: many }))).toHaveLength(5);
  });

  it('does not go round in circles, nor on for ever', () => {
    const chain = chainOf(chainOf([], 'sip:a@x'), 'sip:b@x');
    expect(() => chainOf(chain, 'sip:A@x')).toThrow(/keeps sending calls on/);
    const far = ['1', '2', '3', '4', '5', '6'].reduce<readonly string[]>((before, one) => chainOf(before, one), []);
    expect(() => chainOf(far, '7')).toThrow(/keeps sending calls on/);
  });
});

describe('the caller', () => {
  it('is who our own server says, and who From says otherwise', () => {
    const both = invite(['P-Asserted-Identity', '"Boss" <sip:1@x>, <tel:+41>']);
    expect(callerOf(both, true)).toEqual({ displayName: 'Boss', uri: 'sip:1@x', asserted: true, anonymous: false });
    expect(callerOf(both, false)).toEqual({ displayName: 'Bob', uri: 'sip:bob@x', asserted: false, anonymous: false });
  });

  it('is told by Remote-Party-ID only by our own server, and only where nothing better is', () => {
    const old = invite(['Remote-Party-ID', '"Old" <sip:2@x>;party=calling;screen=yes']);
    expect(callerOf(old, true)).toMatchObject({ displayName: 'Old', asserted: true });
    expect(callerOf(old, false)).toMatchObject({ displayName: 'Bob', asserted: false });
    const both = invite(['Remote-Party-ID', '<sip:2@x>'], ['P-Asserted-Identity', '<sip:1@x>']);
    expect(callerOf(both, true).uri).toBe('sip:1@x');
  });

  it('may want to be nobody', () => {
    expect(callerOf(invite(['Privacy', 'id;critical']), true).anonymous).toBe(true);
    expect(callerOf(invite(['Privacy', 'none']), true).anonymous).toBe(false);
    expect(callerOf(invite(['From', '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1']), true).anonymous).toBe(
      true,
    );
    expect(callerOf(invite(['From', 'nonsense']), true)).toEqual({
      uri: 'sip:anonymous@anonymous.invalid',
      asserted: false,
      anonymous: true,
    });
  });

  it('had dialled somebody else, if the call was sent on', () => {
    expect(divertedFrom(invite())).toBeUndefined();
    expect(divertedFrom(invite(['Diversion', '<sip:4411@x>;reason=no-answer, "Desk" <sip:4410@x>;reason=busy']))).toBe(
      'Desk',
    );
    expect(divertedFrom(invite(['History-Info', '<sip:4410@x>;index=1, <sip:4411@x>;index=1.1']))).toBe('4410');
    expect(divertedFrom(invite(['History-Info', '<sip:4410@x>;index=1']))).toBeUndefined();
  });
});

describe('a wish for an answer without a hand', () => {
  it.each([
    ['Call-Info', '<sip:x>;answer-after=2', 2],
    ['Call-Info', 'answer-after=0', undefined],
    ['Alert-Info', '<http://x>;info=alert-autoanswer;delay=0', 0],
    ['Alert-Info', '<http://127.0.0.1>;info=alert-autoanswer;delay=5', 5],
    ['Alert-Info', '<http://x>;info=alert-external', undefined],
    ['Answer-Mode', 'Auto;require', 0],
    ['Answer-Mode', 'Manual', undefined],
  ] as [string, string, number | undefined][])('%s: %s', (name, value, after) => {
    expect(autoAnswerAfter(invite([name, value]))).toBe(after);
  });

  it('is text, like the ring', () => {
    expect(alertInfo(invite(['Alert-Info', '<urn:alert:source:external>;x=y']))).toBe('urn:alert:source:external');
    expect(alertInfo(invite(['Alert-Info', 'Bellcore-dr2']))).toBe('Bellcore-dr2');
    expect(alertInfo(invite())).toBeUndefined();
  });
});

describe('a change that was refused', () => {
  it('with 491 is tried again after 2.1 to 4 s by the owner of the Call-ID, 0 to 2 s by the other (RFC 3261 14.1)', () => {
    expect([0, 1].map((random) => pauseAfter(491, null, true, random))).toEqual([2100, 4000]);
    expect([0, 1].map((random) => pauseAfter(491, null, false, random))).toEqual([0, 2000]);
  });

  it('with 500 is tried again when it says when, and that is soon', () => {
    const later = (value: string) => createResponse(500, { headers: [['Retry-After', value]] });
    expect(pauseAfter(500, later('3 (busy)'), true, 0)).toBe(3000);
    expect(pauseAfter(500, later('3600'), true, 0)).toBeNull();
    expect(pauseAfter(500, createResponse(500), true, 0)).toBeNull();
    expect(pauseAfter(488, later('1'), true, 0)).toBeNull();
  });

  it('is told 0 to 10 s by us', () => {
    expect([0, 0.5, 0.999].map((random) => retryAfter(random)[1])).toEqual(['0', '5', '10']);
  });
});
