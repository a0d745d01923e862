// RFC 3262, the parts that need no dialog.
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../contract/index.ts';
import { createResponse } from '../wire/index.ts';
import { parseRAck, ReliableReceipt, ReliableResponses, rseqOf } from './reliable.ts';

describe('RAck', () => {
  it('is two numbers and a method', () => {
    expect(parseRAck('776656 1 INVITE')).toEqual({ rseq: 776_656, cseq: 1, method: 'INVITE' });
  });

  it.each(['', '1 INVITE', 'x 1 INVITE', '1 x INVITE', undefined])('is not %j', (text) => {
    expect(parseRAck(text)).toBeNull();
  });
});

describe('a response', () => {
  const withHeaders = (status: number, require: string, rseq: string) =>
    createResponse(status, {
      headers: [
        ['Require', require],
        ['RSeq', rseq],
      ],
    });

  it('is reliable when it says so, and is no 100', () => {
    expect(rseqOf(withHeaders(183, '100rel', '5'))).toBe(5);
    expect(rseqOf(withHeaders(100, '100rel', '5'))).toBeNull();
    expect(rseqOf(withHeaders(200, '100rel', '5'))).toBeNull();
    expect(rseqOf(withHeaders(183, 'timer', '5'))).toBeNull();
    expect(rseqOf(withHeaders(183, '100rel', 'x'))).toBeNull();
  });

  it('is taken once and in order', () => {
    const receipt = new ReliableReceipt();
    expect([7, 7, 9, 8, 9, 8].map((rseq) => receipt.take(rseq))).toEqual([true, false, false, true, true, false]);
  });
});

describe('our reliable responses', () => {
  function sender() {
    const due: { ms: number; run(): void; gone: boolean }[] = [];
    const clock: Clock = {
      now: () => 0,
      monotonic: () => 0,
      after(ms, run) {
        const one = { ms, run, gone: false };
        due.push(one);
        return () => (one.gone = true);
      },
    };
    const log: string[] = [];
    const responses = new ReliableResponses({ clock, cseq: 3, first: 10, giveUp: () => log.push('given up') });
    const pauses: number[] = [];
    return {
      responses,
      log,
      pauses,
      send: (hasSdp = false) =>
        responses.send(hasSdp, (rseq, repeat) => log.push(repeat ? `repeat ${rseq}` : `${rseq}`)),
      /** The next timer fires; false without one. */
      fire: (): boolean => {
        const next = due.shift();
        if (next === undefined) return false;
        if (!next.gone) {
          pauses.push(next.ms);
          next.run();
        }
        return true;
      },
      pending: () => due.filter(({ gone }) => !gone).length,
    };
  }

  it('are repeated, twice as slowly each time, and given up after 64*T1', () => {
    const { send, fire, log, pauses } = sender();
    send();
    while (fire()) {
      // Until nothing is due any more.
    }
    expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 500]);
    expect(log).toEqual(['10', ...Array.from({ length: 6 }, () => 'repeat 10'), 'given up']);
  });

  it('wait for the PRACK of the one before', () => {
    const { send, responses, log, pending } = sender();
    send();
    send();
    expect(log).toEqual(['10']);
    expect(responses.acknowledged({ rseq: 11, cseq: 3, method: 'INVITE' })).toBe(false);
    expect(responses.acknowledged({ rseq: 10, cseq: 2, method: 'INVITE' })).toBe(false);
    expect(responses.acknowledged({ rseq: 10, cseq: 3, method: 'UPDATE' })).toBe(false);
    expect(responses.acknowledged({ rseq: 10, cseq: 3, method: 'INVITE' })).toBe(true);
    expect(log).toEqual(['10', '11']);
    responses.acknowledged({ rseq: 11, cseq: 3, method: 'INVITE' });
    expect(pending()).toBe(0);
  });

  it('hold a 2xx back while they carry a description', () => {
    const { send, responses } = sender();
    send(true);
    expect(responses.holdsBack2xx).toBe(true);
    responses.acknowledged({ rseq: 10, cseq: 3, method: 'INVITE' });
    expect(responses.holdsBack2xx).toBe(false);
  });
});
