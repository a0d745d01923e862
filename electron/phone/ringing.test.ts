// What rings for whom: a person's own tone, the usual one for everybody else, and nothing while somebody is talked to.
import { expect, test, vi } from 'vitest';
import { defaultPreferences, newCall, type Call, type CallPhase, type PersonRingTone } from '../../contract/index.ts';
import { Ringing } from './ringing.ts';

function caller(id: string, tone?: PersonRingTone, phase: CallPhase = { name: 'incoming', silenced: false }): Call {
  const party = { number: id, uri: `sip:${id}@example.com`, ...(tone ? { ringTone: tone } : {}) };
  return newCall({ id, accountId: 'work', direction: 'incoming', party, phase, startedAt: 0 });
}

function phone() {
  const ring = vi.fn<(on: boolean, tone?: PersonRingTone) => void>();
  const ringing = new Ringing({ ring, sound: { tone: () => {} } as never });
  return {
    ring,
    follow: (...calls: Call[]) => ringing.follow({ calls, callBacks: [], preferences: defaultPreferences }),
  };
}

test('a caller without a tone of their own rings as usual, once', () => {
  const { ring, follow } = phone();
  follow(caller('4410'));
  follow(caller('4410'));
  follow();
  expect(ring.mock.calls).toEqual([
    [true, undefined],
    [false, undefined],
  ]);
});

test('as soon as it is known who calls, their own tone rings', () => {
  const { ring, follow } = phone();
  follow(caller('4410'));
  follow(caller('4410', 'bell'));
  expect(ring.mock.calls).toEqual([
    [true, undefined],
    [true, 'bell'],
  ]);
});

test('of two callers the one who waits longer is heard; when they are silenced, the other', () => {
  const { ring, follow } = phone();
  follow(caller('4410', 'bell'), caller('4411', 'pulse'));
  follow(caller('4410', 'bell', { name: 'incoming', silenced: true }), caller('4411', 'pulse'));
  expect(ring.mock.calls).toEqual([
    [true, 'bell'],
    [true, 'pulse'],
  ]);
});

test('nothing rings into a conversation', () => {
  const { ring, follow } = phone();
  const hold = { byUs: false, byThem: false, since: null };
  follow(caller('4410', 'bell', { name: 'connected', since: 0, hold }), caller('4411', 'pulse'));
  expect(ring).not.toHaveBeenCalled();
});
