// Keys that were dialled with a number.
import { expect, test } from 'vitest';
import { newCall, type Call, type CallPhase, type Clock } from '../../contract/index.ts';
import { KeysAfter } from './keys-after.ts';

const connected: CallPhase = { name: 'connected', since: 0, hold: { byUs: false, byThem: false, since: null } };

function stage() {
  const timers: { at: number; run: () => void }[] = [];
  let now = 0;
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
    },
  };
  const sent: string[] = [];
  const keysAfter = new KeysAfter({ clock, send: (callId, key) => sent.push(`${callId} ${key} at ${now}`) });
  const call = (phase: CallPhase): Call =>
    newCall({
      id: 'a',
      accountId: 'x',
      direction: 'outgoing',
      party: { number: '1', uri: 'sip:1@x' },
      phase,
      startedAt: 0,
    });
  const runUntil = (end: number) => {
    for (let next = timers[0]; next && next.at <= end; next = timers[0]) {
      timers.shift();
      now = next.at;
      next.run();
    }
    now = end;
  };
  return { keysAfter, sent, call, runUntil };
}

test('are sent once somebody answers, with two seconds for each comma', () => {
  const { keysAfter, sent, call, runUntil } = stage();
  keysAfter.keep('a', ',1,2#');
  keysAfter.follow([call({ name: 'ringing', earlyMedia: false })]);
  runUntil(10_000);
  expect(sent).toEqual([]);
  keysAfter.follow([call(connected)]);
  keysAfter.follow([call(connected)]);
  runUntil(30_000);
  expect(sent).toEqual(['a 1 at 12500', 'a 2 at 14750', 'a # at 15000']);
});

test('are forgotten when the call ends before or in the middle of them', () => {
  const { keysAfter, sent, call, runUntil } = stage();
  keysAfter.keep('a', '12');
  keysAfter.follow([call(connected)]);
  runUntil(500);
  keysAfter.follow([]);
  runUntil(10_000);
  keysAfter.keep('b', '1');
  keysAfter.follow([]);
  runUntil(20_000);
  expect(sent).toEqual(['a 1 at 500']);
});
