import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../contract/index.ts';
import { createMachine, next, type Effect, type Event, type Machine } from './machine.ts';

const refused: Problem = { code: 'connection-refused', message: 'refused' };
const unreachable: Problem = { code: 'server-unreachable', message: 'silent' };
const wrongPassword: Problem = { code: 'password-not-accepted', message: 'wrong' };

/** Feeds events one after the other; `random` is 0.5 so that spread is none. */
function run(events: readonly Event[], start: Machine = createMachine(300)): { machine: Machine; effects: Effect[] } {
  let machine = start;
  let effects: Effect[] = [];
  for (const event of events)
    [machine, effects] = next(machine, event, { now: 1000, random: 0.5, domain: 'example.com' });
  return { machine, effects };
}

function timerOf(effects: readonly Effect[]): number | undefined {
  return effects.find((effect) => effect.type === 'timer')?.ms;
}

function reportOf(effects: readonly Effect[]): unknown {
  return effects.find((effect) => effect.type === 'report')?.state;
}

const go: Event = { type: 'go' };
const granted = (seconds: number): Event => ({ type: 'accepted', granted: seconds });
const timer: Event = { type: 'timer' };

describe('a registration', () => {
  it('begins at once, and says that it is connecting', () => {
    const { effects } = run([go]);
    expect(effects).toContainEqual({ type: 'register', expires: 300 });
    expect(reportOf(effects)).toEqual({ name: 'connecting' });
  });

  it('is refreshed after 85 % of what was granted, not of what was asked for', () => {
    expect(timerOf(run([go, granted(60)]).effects)).toBe(51_000);
    expect(run([go, granted(60), timer]).effects).toContainEqual({ type: 'register', expires: 300 });
  });

  it('stays available during a refresh, since the same moment', () => {
    const { machine, effects } = run([go, granted(60), timer]);
    expect(reportOf(effects)).toBeUndefined();
    const [, after] = next(machine, granted(60), { now: 52_000, random: 0.5, domain: 'example.com' });
    expect(reportOf(after)).toEqual({ name: 'available', since: 1000 });
  });

  it.each([1, 5, 11])('is never refreshed sooner than after 10 s, though only %i s were granted', (seconds) => {
    expect(timerOf(run([go, granted(seconds)]).effects)).toBeGreaterThanOrEqual(10_000 - 1);
  });

  it.each([2 ** 31, 2 ** 32 - 1])('granted for %i s is refreshed within a day', (seconds) => {
    expect(timerOf(run([go, granted(seconds)]).effects)).toBeLessThanOrEqual(86_400_000);
  });

  it('that is granted for no time is none, says so, and is not tried again within 10 s', () => {
    const { effects } = run([go, granted(0)]);
    expect(reportOf(effects)).toMatchObject({
      name: 'offline',
      cause: { code: 'server-refused', message: expect.stringContaining('only 0 s') },
    });
    expect(timerOf(effects)).toBeGreaterThanOrEqual(10_000);
  });

  it.each([1, 5, 10, 19])('that is granted for only %i s says so', (seconds) => {
    expect(reportOf(run([go, granted(seconds)]).effects)).toMatchObject({
      name: 'available',
      caution: { code: 'registration-brief', message: expect.stringContaining(`for only ${seconds} s`) },
    });
  });

  it('that is granted for 20 s or more has no caution', () => {
    expect(reportOf(run([go, granted(20)]).effects)).toEqual({ name: 'available', since: 1000 });
  });

  it('asks for more when the server finds it too brief, but not for ever', () => {
    const longer = run([go, { type: 'too-brief', minimum: 600 }]);
    expect(longer.effects).toContainEqual({ type: 'register', expires: 600 });
    expect(run([granted(600), timer], longer.machine).effects).toContainEqual({ type: 'register', expires: 600 });
    const endless = run([go, ...[600, 700, 800].map((minimum): Event => ({ type: 'too-brief', minimum }))]);
    // After the second one it waits, and what the server wanted last is asked for then.
    const second = run([go, ...[600, 700].map((minimum): Event => ({ type: 'too-brief', minimum }))]);
    expect(reportOf(second.effects)).toMatchObject({ name: 'offline', cause: { code: 'server-refused' } });
    expect(timerOf(second.effects)).toBeGreaterThanOrEqual(10_000);
    expect(run([timer], second.machine).effects).toContainEqual({ type: 'register', expires: 700 });
    // However often it goes on: one REGISTER, and ten seconds or more.
    const third = run([timer, { type: 'too-brief', minimum: 800 }], second.machine);
    expect(timerOf(third.effects)).toBeGreaterThanOrEqual(10_000);
    expect(reportOf(endless.effects)).toBeUndefined();
    const absurd = run([go, { type: 'too-brief', minimum: 300 }]);
    expect(reportOf(absurd.effects)).toMatchObject({ name: 'offline' });
  });

  it('that fails is tried again after 2, 4, 8... and at most 22 s, and never given up', () => {
    let { machine, effects } = run([go]);
    const waits: (number | undefined)[] = [];
    for (let i = 0; i < 8; i += 1) {
      ({ machine, effects } = run([{ type: 'failed', problem: unreachable }], machine));
      waits.push(timerOf(effects));
      ({ machine } = run([timer], machine));
    }
    expect(waits).toEqual([2000, 4000, 8000, 16_000, 22_000, 22_000, 22_000, 22_000]);
  });

  it('says until when it waits', () => {
    expect(reportOf(run([go, { type: 'failed', problem: unreachable }]).effects)).toEqual({
      name: 'offline',
      cause: unreachable,
      retryAt: 3000,
    });
  });

  it('keeps phones apart that lost their server together', () => {
    const { machine } = run([go]);
    const waits = [0, 1].map((random) =>
      timerOf(next(machine, { type: 'failed', problem: unreachable }, { now: 0, random, domain: 'x' })[1]),
    );
    expect(waits).toEqual([1700, 2300]);
  });

  it('is renewed at once when its flow ends, and then every second or two while the server restarts', () => {
    let { machine, effects } = run([go, granted(300), { type: 'flow-closed' }]);
    expect(effects).toContainEqual({ type: 'register', expires: 300 });
    expect(reportOf(effects)).toEqual({ name: 'connecting' });
    for (let i = 0; i < 13; i += 1) {
      ({ machine, effects } = run([{ type: 'failed', problem: refused, live: true }], machine));
      expect(timerOf(effects)).toBe(1450);
      ({ machine } = run([timer], machine));
    }
    expect(timerOf(run([{ type: 'failed', problem: refused, live: true }], machine).effects)).toBe(22_000);
  });

  it('does not hurry when the server is silent after its flow ended', () => {
    const { effects } = run([go, granted(300), { type: 'flow-closed' }, { type: 'failed', problem: unreachable }]);
    expect(timerOf(effects)).toBe(2000);
  });

  it('does not wait once more for a server that it has waited for in vain', () => {
    const silent = (took: number): Event => ({ type: 'failed', problem: unreachable, took });
    expect(timerOf(run([go, silent(500)]).effects)).toBe(1500);
    expect(timerOf(run([go, silent(32_000)]).effects)).toBe(1000);
  });

  it('is not asked for again within 10 s of a definite no', () => {
    const no: Event = { type: 'failed', problem: { code: 'server-refused', message: 'no' }, refused: true };
    expect(timerOf(run([go, no]).effects)).toBe(10_000);
  });

  it('in 1,000 s of refusals is tried at most 60 times', () => {
    for (const random of [0, 0.25, 0.5, 0.75, 1]) {
      let machine = run([go, granted(300), { type: 'flow-closed' }]).machine;
      let effects: Effect[] = [];
      let attempts = 1;
      for (let now = 0; ; attempts += 1) {
        const event: Event = { type: 'failed', problem: refused, live: true };
        [machine, effects] = next(machine, event, { now, random: (random + attempts / 7) % 1, domain: 'x' });
        now += timerOf(effects) ?? 0;
        if (now > 1_000_000) break;
        [machine] = next(machine, timer, { now, random, domain: 'x' });
      }
      expect(attempts).toBeLessThanOrEqual(60);
    }
  });

  it('is tried now when the server shows up, but not while an attempt is under way', () => {
    const waiting = run([go, { type: 'failed', problem: unreachable }]).machine;
    expect(run([{ type: 'now' }], waiting).effects).toContainEqual({ type: 'register', expires: 300 });
    expect(run([go, { type: 'now' }]).effects).toEqual([]);
    const again = run([go, granted(300), { type: 'now' }]).effects;
    expect(again).toContainEqual({ type: 'register', expires: 300 });
    expect(reportOf(again)).toBeUndefined();
  });

  it('with a wrong password rests for five minutes: quick repeats lock accounts', () => {
    const { effects } = run([go, { type: 'failed', problem: wrongPassword }]);
    expect(timerOf(effects)).toBe(300_000);
  });

  it('heeds Retry-After, within reason', () => {
    const failed = (retryAfter: number): Event => ({ type: 'failed', problem: unreachable, retryAfter });
    expect(timerOf(run([go, failed(30)]).effects)).toBe(30_000);
    expect(timerOf(run([go, failed(99_999_999_999)]).effects)).toBe(300_000);
  });

  it.each([0, 1, 9])(
    'that is to be tried again after %i s is not within 10 s, even when its server restarts',
    (seconds) => {
      const busy: Event = { type: 'failed', problem: unreachable, live: true, retryAfter: seconds };
      expect(timerOf(run([go, busy]).effects)).toBe(10_000);
      expect(timerOf(run([go, granted(300), { type: 'flow-closed' }, busy]).effects)).toBe(10_000);
      // Nor sooner than after any other failure.
      expect(timerOf(run([go, busy, timer, busy, timer, busy, timer, busy]).effects)).toBe(16_000);
    },
  );

  describe('told when to come back', () => {
    const told = run([
      go,
      granted(300),
      { type: 'now' },
      { type: 'failed', problem: unreachable, retryAfter: 120 },
    ]).machine;
    const later = (event: Event, seconds: number): Effect[] =>
      next(told, event, { now: 1000 + seconds * 1000, random: 0.5, domain: 'example.com' })[1];

    it('does not come sooner because its server seems to be up', () => {
      expect(later({ type: 'now' }, 15)).toEqual([]);
      expect(later({ type: 'now' }, 119)).toEqual([]);
      expect(later({ type: 'now' }, 120)).toContainEqual({ type: 'register', expires: 300 });
    });

    it('goes to a better server meanwhile, but not within 10 s', () => {
      expect(later({ type: 'better' }, 4)).toEqual([{ type: 'timer', ms: 6000 }]);
      expect(later({ type: 'better' }, 10)).toContainEqual({ type: 'register', expires: 300 });
    });

    it('comes at once when the person or the network asks for it', () => {
      expect(later({ type: 'go' }, 1)).toContainEqual({ type: 'register', expires: 300 });
    });
  });

  it('says that the server does not answer after 8 s, and goes on waiting for it', () => {
    const { machine, effects } = run([go, timer]);
    expect(reportOf(effects)).toMatchObject({ name: 'offline', cause: { code: 'server-unreachable' }, retryAt: null });
    expect(reportOf(run([granted(300)], machine).effects)).toMatchObject({ name: 'available' });
  });

  it('is tried at once when the person or the network asks for it', () => {
    const { effects } = run([go, { type: 'failed', problem: wrongPassword }, go]);
    expect(effects).toContainEqual({ type: 'register', expires: 300 });
  });

  it('is taken back when the phone leaves, and then it is over', () => {
    const leaving = run([go, granted(300), { type: 'close' }]);
    expect(leaving.effects).toContainEqual({ type: 'unregister' });
    expect(timerOf(leaving.effects)).toBe(2000);
    expect(run([{ type: 'unregistered' }], leaving.machine).effects).toContainEqual({ type: 'done' });
    // A server that does not answer is not waited for longer.
    expect(run([timer], leaving.machine).effects).toContainEqual({ type: 'done' });
  });

  it('that never was need not be taken back', () => {
    expect(run([{ type: 'close' }]).effects).toContainEqual({ type: 'done' });
    const failing = run([go, { type: 'failed', problem: unreachable }, { type: 'close' }]);
    expect(failing.effects).toEqual([{ type: 'no-timer' }, { type: 'done' }]);
  });

  it('does nothing any more once it is closed', () => {
    const closed = run([{ type: 'close' }]).machine;
    for (const event of [go, timer, granted(1), { type: 'flow-closed' } as const]) {
      expect(run([event], closed).effects).toEqual([]);
    }
  });
});
