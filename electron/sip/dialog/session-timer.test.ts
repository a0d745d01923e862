// RFC 4028, the parts that need no dialog.
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../contract/index.ts';
import { createRequest, createResponse } from '../wire/index.ts';
import {
  SessionTimer,
  timerAnswer,
  timerOf422,
  timerOfResponse,
  timerRequest,
  tooShort,
  type Terms,
} from './session-timer.ts';

const wish = { seconds: 1800, minimum: 90 };
const request = (...headers: [string, string][]) => createRequest('INVITE', 'sip:a@b', headers);
const response = (...headers: [string, string][]) => createResponse(200, { headers });

describe('what we ask for', () => {
  it('is half an hour, and who refreshes stays who it was', () => {
    expect(timerRequest(wish)).toEqual([['Session-Expires', '1800']]);
    expect(timerRequest(wish, 'us')).toEqual([['Session-Expires', '1800;refresher=uac']]);
    expect(timerRequest(wish, 'them')).toEqual([['Session-Expires', '1800;refresher=uas']]);
  });

  it('is nothing where the account wants none', () => {
    expect(timerRequest({ seconds: 0, minimum: 90 })).toEqual([]);
  });

  it('grows to what a 422 demands, each time, and never beyond a week', () => {
    const longer = timerOf422(createResponse(422, { headers: [['Min-SE', '3600']] }), wish);
    expect(longer).toEqual({ seconds: 3600, minimum: 3600 });
    expect(timerRequest(longer ?? wish)).toEqual([
      ['Session-Expires', '3600'],
      ['Min-SE', '3600'],
    ]);
    for (const value of ['1800', '90', '', 'x', '999999999']) {
      expect(timerOf422(createResponse(422, { headers: [['Min-SE', value]] }), wish)).toBeNull();
    }
  });
});

describe('what a 2xx agrees to', () => {
  it.each([
    ['1800;refresher=uac', { seconds: 1800, refresher: 'us' }],
    ['1800 ; Refresher = UAS', { seconds: 1800, refresher: 'them' }],
    ['1800', { seconds: 1800, refresher: 'us' }],
    ['1;refresher=uac', { seconds: 90, refresher: 'us' }],
    ['4294967295;refresher=uas', { seconds: 604_800, refresher: 'them' }],
    ['99999999999', null],
    ['soon', null],
    ['-5', null],
  ] as [string, Terms | null][])('%s is %j', (value, terms) => {
    expect(timerOfResponse(response(['Session-Expires', value]))).toEqual(terms);
  });

  it('is no timer without the header', () => {
    expect(timerOfResponse(response())).toBeNull();
  });
});

describe('what we agree to (RFC 4028 9)', () => {
  const able: [string, string] = ['Supported', 'timer'];
  it.each([
    [
      'a caller that can, and names no refresher, refreshes',
      [able, ['Session-Expires', '600']],
      '600;refresher=uac',
      'them',
    ],
    ['a caller may leave it to us', [able, ['Session-Expires', '600;refresher=uas']], '600;refresher=uas', 'us'],
    ['a caller that cannot leaves it to us', [['Session-Expires', '600']], '600;refresher=uas', 'us'],
    ['a caller that can, and asks for none, gets ours', [able], '1800;refresher=uac', 'them'],
    ['and its least is kept', [able, ['Min-SE', '7200']], '7200;refresher=uac', 'them'],
  ] as [string, [string, string][], string, Terms['refresher']][])('%s', (_what, headers, value, refresher) => {
    const { terms, headers: answer } = timerAnswer(request(...headers), wish);
    expect(new Map(answer).get('Session-Expires')).toBe(value);
    expect(terms?.refresher).toBe(refresher);
  });

  it('requires the extension only of those who have it', () => {
    expect(timerAnswer(request(able), wish).headers).toContainEqual(['Require', 'timer']);
    expect(timerAnswer(request(['Session-Expires', '600']), wish).headers).not.toContainEqual(['Require', 'timer']);
  });

  it('is nothing where neither side wants it', () => {
    expect(timerAnswer(request(), wish)).toEqual({ terms: null, headers: [] });
    expect(timerAnswer(request(able), { seconds: 0, minimum: 90 }).terms).toBeNull();
  });

  it('is 422 for less than 90 s from those who can ask again', () => {
    expect(tooShort(request(able, ['Session-Expires', '30']))).toBe(90);
    expect(tooShort(request(['Session-Expires', '30']))).toBeNull();
    expect(tooShort(request(able, ['x', '90']))).toBeNull();
  });
});

describe('a session that is timed', () => {
  function timed(terms: Terms): { log: string[]; to: (seconds: number) => void; timer: SessionTimer } {
    let now = 0;
    const due: { at: number; run(): void }[] = [];
    const clock: Clock = {
      now: () => now,
      monotonic: () => now,
      after(ms, run) {
        const one = { at: now + ms, run };
        due.push(one);
        return () => due.splice(due.indexOf(one), due.includes(one) ? 1 : 0);
      },
    };
    const log: string[] = [];
    const timer = new SessionTimer(clock, { refresh: () => log.push('refresh'), expired: () => log.push('expired') });
    timer.start(terms);
    return {
      log,
      timer,
      to: (seconds) => {
        now = seconds * 1000;
        for (const one of due.filter(({ at }) => at <= now)) {
          due.splice(due.indexOf(one), 1);
          one.run();
        }
      },
    };
  }

  it('is refreshed at half time by us, and over a little before its end', () => {
    const { log, to } = timed({ seconds: 90, refresher: 'us' });
    to(44);
    expect(log).toEqual([]);
    to(45);
    expect(log).toEqual(['refresh']);
    to(60);
    expect(log).toEqual(['refresh', 'expired']);
  });

  it('is only watched where the other side refreshes, and each refresh begins it anew', () => {
    const { log, to, timer } = timed({ seconds: 1800, refresher: 'them' });
    to(1700);
    timer.start({ seconds: 1800, refresher: 'them' });
    to(3400);
    expect(log).toEqual([]);
    to(3468);
    expect(log).toEqual(['expired']);
  });
});
