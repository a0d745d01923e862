// Call control: the intent table, and the rules that keep signals, echoes and other programs from being taken for presses.
import { describe, expect, it } from 'vitest';
import type { HeadsetIntent } from '../../contract/index.ts';
import { isInUseElsewhere, newCallControl, type CallControl, type CallControlEffect } from './call-control-state.ts';
import { next } from './call-control.ts';
import { indicators, situationOf, type CallSituation } from './indicators.ts';
import { noQuirk, type Quirk } from './quirks.ts';
import type { ControlValues } from './report.ts';
import { phoneIn } from './virtual/phone-states.ts';

const jabraModes = { hook: 'level', mute: 'pulse', flash: 'pulse', reject: 'level', lineBusy: 'level' } as const;

/** A device, a clock and a phone, without anything between them. */
class Bench {
  control: CallControl;
  effects: CallControlEffect[] = [];
  now = 10_000;

  constructor(quirk: Partial<Quirk> = {}, modes: CallControl['modes'] = jabraModes, has?: CallControl['has']) {
    this.control = newCallControl({ ...noQuirk, ...quirk }, modes, this.now, has);
    this.wait(1_000);
  }

  wait(ms: number): this {
    this.now += ms;
    return this;
  }

  phone(situation: Partial<CallSituation>, actsIdle = true): this {
    const full = { ringing: false, call: 'none', connected: false, muted: false, ...situation } as const;
    const state = phoneIn(full);
    return this.take({ type: 'phone', situation: situationOf(state), indicators: indicators(state), actsIdle });
  }

  reports(values: ControlValues): this {
    const hookAlone = Object.entries(values).every(([name, value]) => name === 'hook' || value === 0);
    return this.take({ type: 'report', report: { values, hookAlone } });
  }

  /** Down and up again, the hook where it is. */
  pulses(name: 'mute' | 'flash' | 'reject' | 'drop' | 'redial'): this {
    const hook = this.control.hook.value ?? 0;
    return this.reports({ hook, [name]: 1 }).reports({ hook, [name]: 0 });
  }

  wake(): this {
    return this.take({ type: 'wake' });
  }

  /** Effects since the last look. */
  look(): { intents: HeadsetIntent[]; lamps: CallControlEffect[]; others: CallControlEffect[] } {
    const effects = this.effects.splice(0);
    return {
      intents: effects.flatMap((effect) => (effect.type === 'intent' ? [effect.intent] : [])),
      lamps: effects.filter((effect) => effect.type === 'lamps'),
      others: effects.filter((effect) => effect.type !== 'lamps' && effect.type !== 'intent'),
    };
  }

  take(event: Parameters<typeof next>[1]): this {
    const [control, effects] = next(this.control, event, this.now);
    this.control = control;
    this.effects.push(...effects);
    return this;
  }
}

/** A bench that is quietly in this situation: lamps written, acknowledged, everything long settled. */
function settledIn(situation: Partial<CallSituation>, quirk: Partial<Quirk> = {}, modes?: CallControl['modes']): Bench {
  const bench = new Bench(quirk, modes);
  bench.reports({ hook: 0 });
  if (situation.call === 'held') bench.phone({ call: 'active' }).reports({ hook: 1 });
  bench.phone(situation);
  if (situation.call === 'active') bench.wait(50).reports({ hook: 1 });
  bench.wait(10_000).look();
  return bench;
}

const rows = {
  idle: {},
  ringing: { ringing: true },
  active: { call: 'active' },
  'active, second ringing': { call: 'active', ringing: true },
  held: { call: 'held' },
  'held, second ringing': { call: 'held', ringing: true },
} as const satisfies Record<string, Partial<CallSituation>>;

const hold = (on: boolean): HeadsetIntent => ({ type: 'hold', on });
const mute = (on: boolean): HeadsetIntent => ({ type: 'mute', on });
const answer: HeadsetIntent = { type: 'answer' };
const hangUp: HeadsetIntent = { type: 'hang-up' };
const reject: HeadsetIntent = { type: 'reject' };

describe('the intent table', () => {
  const table: [keyof typeof rows, string, (bench: Bench) => void, HeadsetIntent[]][] = [
    ['ringing', 'a lift', (bench) => bench.reports({ hook: 1 }), [answer]],
    ['ringing', 'mute', (bench) => bench.pulses('mute'), []],
    ['ringing', 'flash', (bench) => bench.pulses('flash'), [answer]],
    ['ringing', 'reject', (bench) => bench.pulses('reject'), [reject]],
    ['ringing', 'drop', (bench) => bench.pulses('drop'), [reject]],
    ['active', 'a laying down', (bench) => bench.reports({ hook: 0 }), [hangUp]],
    ['active', 'mute', (bench) => bench.pulses('mute'), [mute(true)]],
    ['active', 'flash', (bench) => bench.pulses('flash'), [hold(true)]],
    ['active', 'reject', (bench) => bench.pulses('reject'), []],
    ['active', 'drop', (bench) => bench.pulses('drop'), [hangUp]],
    ['active', 'redial', (bench) => bench.pulses('redial'), []],
    ['active, second ringing', 'a laying down', (bench) => bench.reports({ hook: 0 }), [hangUp, answer]],
    ['active, second ringing', 'mute', (bench) => bench.pulses('mute'), [mute(true)]],
    ['active, second ringing', 'flash', (bench) => bench.pulses('flash'), [answer]],
    ['active, second ringing', 'reject', (bench) => bench.pulses('reject'), [reject]],
    ['active, second ringing', 'drop', (bench) => bench.pulses('drop'), [hangUp]],
    ['held', 'a laying down', (bench) => bench.reports({ hook: 0 }), [hangUp]],
    ['held', 'mute', (bench) => bench.pulses('mute'), []],
    ['held', 'flash', (bench) => bench.pulses('flash'), [hold(false)]],
    ['held', 'drop', (bench) => bench.pulses('drop'), [hangUp]],
    ['held, second ringing', 'flash', (bench) => bench.pulses('flash'), [answer]],
    ['idle', 'mute', (bench) => bench.pulses('mute'), []],
    ['idle', 'flash', (bench) => bench.pulses('flash'), []],
    ['idle', 'reject', (bench) => bench.pulses('reject'), []],
    ['idle', 'drop', (bench) => bench.pulses('drop'), []],
    ['idle', 'redial', (bench) => bench.pulses('redial'), [{ type: 'redial' }]],
  ];
  it.each(table)('%s: %s', (row, _what, act, wanted) => {
    const bench = settledIn(rows[row]);
    act(bench);
    expect(bench.look().intents).toEqual(wanted);
  });

  it('unmutes a muted call', () => {
    expect(settledIn({ call: 'active', muted: true }).pulses('mute').look().intents).toEqual([mute(false)]);
  });

  it('says nothing outside of calls where the person wants buttons only in calls', () => {
    const bench = new Bench().phone({}, false).reports({ hook: 0 });
    bench.pulses('redial').wait(100).reports({ hook: 1 }).wait(2_200).reports({ hook: 0 });
    expect(bench.look().intents).toEqual([]);
    expect(bench.phone({ ringing: true }, false).reports({ hook: 1 }).look().intents).toEqual([answer]);
  });
});

describe('a press', () => {
  it('is an edge, not a level', () => {
    const bench = settledIn(rows.ringing).reports({ hook: 1 }).reports({ hook: 1 }).reports({ hook: 1 });
    expect(bench.look().intents).toEqual([answer]);
  });

  it('is the lift that comes as the first word of the device, while it rings for us', () => {
    expect(new Bench().phone(rows.ringing).wait(500).reports({ hook: 1 }).look().intents).toEqual([answer]);
  });

  it('is not the first word of a device just plugged in while it rings', () => {
    const bench = new Bench();
    bench.control = newCallControl(noQuirk, jabraModes, bench.now);
    expect(bench.phone(rows.ringing).wait(100).reports({ hook: 1 }).look().intents).toEqual([]);
  });

  it('is not a hook that comes first with another button down: that device was off hook before', () => {
    const bench = new Bench().phone(rows.ringing).wait(500).reports({ hook: 1, mute: 1 });
    expect(bench.look().intents).toEqual([]);
    expect(isInUseElsewhere(bench.control)).toBe(true);
  });

  it('of hook 0 does not reject a ringing call, but for devices known to mean that', () => {
    const lay = (quirk: Partial<Quirk>) => {
      const bench = new Bench(quirk).reports({ hook: 0 }).phone(rows.ringing).wait(3_500);
      return bench.reports({ hook: 1 }).wait(100).reports({ hook: 0 }).look().intents;
    };
    expect(lay({})).toEqual([answer]);
    expect(lay({ rejectByHook: true })).toEqual([answer, reject]);
  });

  it('of hook 0 rejects nothing on such a device either, while it may be the answer to our Ring', () => {
    const bench = new Bench({ rejectByHook: true }).reports({ hook: 0 }).phone(rows.ringing).wait(300);
    expect(bench.reports({ hook: 1 }).wait(100).reports({ hook: 0 }).look().intents).toEqual([answer]);
  });

  it('that a device repeats because nobody answered it is one press', () => {
    const bench = settledIn(rows.active).pulses('flash').wait(50).pulses('flash').wait(90).pulses('flash');
    expect(bench.look().intents).toEqual([hold(true)]);
    expect(bench.wait(100).pulses('flash').look().intents).toEqual([hold(true)]);
  });

  it('on a device without an Off-Hook lamp is no acknowledgement: nothing was told', () => {
    const bench = new Bench({}, jabraModes, []).reports({ hook: 0 }).phone(rows.held);
    expect(bench.wait(50).reports({ hook: 1 }).look().intents).toEqual([hold(false)]);
  });

  it('that lays down the first call of a device that said nothing yet hangs up', () => {
    expect(new Bench().phone(rows.active).wait(700).reports({ hook: 0 }).look().intents).toEqual([hangUp]);
  });

  it('on a hook that is a button answers, and hangs up', () => {
    const modes = { hook: 'pulse', mute: 'level' } as const;
    expect(settledIn(rows.ringing, {}, modes).reports({ hook: 1 }).look().intents).toEqual([answer]);
    const active = new Bench({}, modes).phone(rows.active).wait(5_000);
    active.look();
    expect(active.reports({ hook: 1 }).reports({ hook: 0 }).look().intents).toEqual([hangUp]);
  });
});

describe('acknowledgements', () => {
  it('of our OffHook are no presses', () => {
    const bench = new Bench().reports({ hook: 0 }).phone(rows.active);
    expect(bench.wait(300).reports({ hook: 1 }).look().intents).toEqual([]);
    bench.phone({});
    expect(bench.wait(300).reports({ hook: 0 }).look().intents).toEqual([]);
  });

  it('may take 5 s by radio', () => {
    const bench = new Bench({ acknowledgeMs: 5_000 }).reports({ hook: 0 }).phone(rows.active);
    expect(bench.wait(4_900).reports({ hook: 1 }).look().intents).toEqual([]);
    expect(bench.wait(1_000).reports({ hook: 0 }).look().intents).toEqual([hangUp]);
  });

  it('bring mute and hold again, which the device did not hear on hook', () => {
    const bench = new Bench().reports({ hook: 0 }).phone({ call: 'active', muted: true });
    bench.look();
    expect(bench.wait(100).reports({ hook: 1 }).look().lamps).toMatchObject([{ resync: true, lamps: { mute: true } }]);
  });

  it('that never come do not make a later report a hang-up, unless it speaks of nothing else', () => {
    const bench = new Bench().reports({ hook: 0 }).phone(rows.active).wait(5_000);
    expect(bench.reports({ hook: 0, mute: 1 }).look().intents).toEqual([mute(true)]);
    expect(bench.reports({ hook: 0, mute: 0 }).look().intents).toEqual([]);
    const other = new Bench().phone(rows.active).wait(5_000);
    expect(other.reports({ hook: 0 }).look().intents).toEqual([hangUp]);
  });

  it('an opposite edge within 500 ms of OffHook is a slip, once, and is written over', () => {
    const bench = new Bench().reports({ hook: 0 }).phone(rows.active).wait(100).reports({ hook: 1 });
    bench.look();
    const slip = bench.wait(100).reports({ hook: 0 }).look();
    expect(slip.intents).toEqual([]);
    expect(slip.lamps).toMatchObject([{ resync: true, lamps: { offHook: true } }]);
    expect(bench.reports({ hook: 1 }).wait(100).reports({ hook: 0 }).look().intents).toEqual([hangUp]);
  });

  it('may be pressed away before they came: the device is told once more, so that the next laying down hangs up', () => {
    const bench = new Bench().reports({ hook: 0 }).phone(rows.active).wait(100);
    bench.look();
    const early = bench.reports({ hook: 0 }).look();
    expect(early.intents).toEqual([]);
    expect(early.lamps).toMatchObject([{ resync: true, lamps: { offHook: true } }]);
    // A device out of range answers so each time: no second word.
    expect(bench.wait(100).reports({ hook: 0 }).look().lamps).toEqual([]);
    expect(bench.wait(1_000).reports({ hook: 1 }).wait(100).reports({ hook: 0 }).look().intents).toEqual([hangUp]);
  });

  it('of OffHook come also with other lamps, from a device that was on hook all the same', () => {
    const bench = new Bench().reports({ hook: 0 }).phone(rows.active).wait(5_000);
    expect(bench.reports({ hook: 0, flash: 1 }).look().intents).toEqual([hold(true)]);
    const held = bench.phone(rows.held).look();
    expect(held.lamps).toMatchObject([{ resync: true, lamps: { offHook: true, hold: true } }]);
    expect(bench.wait(1_500).reports({ hook: 1 }).look().intents).toEqual([]);
  });

  it('two edges in a row at answering answer once and hang up nothing', () => {
    const bench = settledIn(rows.ringing).reports({ hook: 1 }).phone(rows.active);
    bench.wait(50).reports({ hook: 0 }).wait(20).reports({ hook: 1 });
    expect(bench.look().intents).toEqual([answer]);
  });
});

describe('lamps', () => {
  it('are never written at start, while idle, or without news', () => {
    const bench = new Bench().phone({}).reports({ hook: 0 }).pulses('mute').phone({}).wake();
    expect(bench.look().lamps).toEqual([]);
  });

  it('answer with OffHook and without Ring in one go, and go dark once at the end', () => {
    const bench = settledIn(rows.ringing).reports({ hook: 1 }).phone(rows.active);
    expect(bench.look().lamps).toMatchObject([{ lamps: { ring: false, offHook: true } }]);
    expect(bench.phone({}).look().lamps).toMatchObject([{ lamps: { ring: false, offHook: false } }]);
    expect(bench.phone({}).wake().reports({ hook: 0 }).look().lamps).toEqual([]);
  });

  it('lay down a device that was lifted for a call that was gone already', () => {
    const bench = settledIn(rows.ringing).reports({ hook: 1 }).phone({});
    expect(bench.look().lamps).toMatchObject([{ lamps: { ring: false, offHook: false }, resync: true }]);
  });

  it('stay off hook over "hang up and answer the other", and say so again', () => {
    const bench = settledIn(rows['active, second ringing']).reports({ hook: 0 });
    bench.look();
    expect(bench.phone(rows.active).look().lamps).toMatchObject([
      { lamps: { offHook: true, ring: false }, resync: true },
    ]);
    expect(bench.wait(100).reports({ hook: 1 }).look().intents).toEqual([]);
    expect(bench.wait(5_000).reports({ hook: 0 }).look().intents).toEqual([hangUp]);
  });

  it('that said so again may be taken back by the device within 500 ms, as those first lit', () => {
    const bench = settledIn(rows['active, second ringing']).reports({ hook: 0 }).phone(rows.active);
    expect(bench.wait(50).reports({ hook: 1 }).wait(50).reports({ hook: 0 }).look().intents).toEqual([hangUp, answer]);
  });

  it('reply to a mute pulse that means nothing now', () => {
    expect(settledIn(rows.held).pulses('mute').look().lamps).toMatchObject([{ resync: true }]);
  });

  it('do not ring in a call on a device that takes that for its end', () => {
    const bench = settledIn(rows.active, { noRingWhileActive: true }).phone(rows['active, second ringing']);
    expect(bench.look().lamps).toEqual([]);
  });

  it('show On-Line when connected', () => {
    expect(new Bench().phone({ call: 'active' }).look().lamps).toMatchObject([{ lamps: { onLine: true } }]);
  });
});

describe('mute', () => {
  it('an echo of our own mute is ignored, once', () => {
    const bench = settledIn(rows.active).phone({ call: 'active', muted: true }).wait(300).pulses('mute');
    expect(bench.look().intents).toEqual([]);
    expect(bench.wait(100).pulses('mute').look().intents).toEqual([mute(false)]);
  });

  it('a second quick press on the device is a press: our lamp was only the answer to the first', () => {
    const bench = settledIn(rows.active).pulses('mute').phone({ call: 'active', muted: true });
    expect(bench.wait(200).pulses('mute').look().intents).toEqual([mute(true), mute(false)]);
  });

  it('a pulse after our unmute means that the boom is up: muted again, and the person told', () => {
    const bench = settledIn({ call: 'active', muted: true }).phone({ call: 'active', muted: false }).wait(200);
    const said = bench.pulses('mute').look();
    expect(said.intents).toEqual([mute(true)]);
    expect(said.others).toEqual([{ type: 'boom-locked' }]);
  });

  it('stays muted while a raised boom insists, and unmutes when it comes down', () => {
    const bench = settledIn({ call: 'active', muted: true }).phone({ call: 'active', muted: false }).wait(200);
    bench.pulses('mute').phone({ call: 'active', muted: true }).wait(300).pulses('mute').wait(300).pulses('mute');
    expect(bench.look().intents).toEqual([mute(true)]);
    expect(bench.wait(4_000).pulses('mute').look().intents).toEqual([mute(false)]);
  });

  it('takes the level of a mute switch', () => {
    const modes = { mute: 'level' } as const;
    const bench = new Bench({}, modes).phone(rows.active);
    expect(bench.reports({ mute: 1 }).look().intents).toEqual([mute(true)]);
    bench.phone({ call: 'active', muted: true });
    expect(bench.reports({ mute: 1 }).reports({ mute: 0 }).look().intents).toEqual([mute(false)]);
  });

  it('takes the two pulses of one press for one, where a device is known to send two', () => {
    const bench = settledIn(rows.active, { pairedMuteMs: 400 }).pulses('mute').phone({ call: 'active', muted: true });
    expect(bench.wait(100).pulses('mute').look().intents).toEqual([mute(true)]);
    expect(bench.wait(100).pulses('mute').look().intents).toEqual([mute(false)]);
  });
});

describe('another program on the same headset', () => {
  const inUse = () => new Bench().reports({ hook: 0 }).wait(100).reports({ hook: 1 }).wait(5_000);

  it('has a lift that stays: in use elsewhere', () => {
    expect(isInUseElsewhere(inUse().control)).toBe(true);
    expect(isInUseElsewhere(new Bench().reports({ lineBusy: 1, hook: 0 }).control)).toBe(true);
  });

  it('is left alone: no lamp is written and no press is ours', () => {
    const bench = inUse().phone(rows.ringing).pulses('flash').pulses('reject').pulses('mute');
    const { intents, lamps } = bench.look();
    expect(intents).toEqual([]);
    expect(lamps).toEqual([]);
  });

  it('loses the headset when the person answers on our screen', () => {
    const bench = inUse().phone(rows.ringing).phone(rows.active);
    expect(bench.look().lamps).toMatchObject([{ lamps: { offHook: true } }]);
    expect(isInUseElsewhere(bench.control)).toBe(false);
  });

  it('may end its call then: hook 0 within 2 s does not end ours', () => {
    const bench = inUse().phone(rows.active);
    bench.look();
    const after = bench.wait(1_000).reports({ hook: 0 }).look();
    expect(after.intents).toEqual([]);
    expect(after.lamps).toMatchObject([{ resync: true, lamps: { offHook: true } }]);
  });

  it('hands the headset back: after a quiet second our call rings', () => {
    const bench = inUse().phone(rows.ringing).reports({ hook: 0 });
    const [wake] = bench.look().others;
    expect(wake).toEqual({ type: 'wake', at: bench.now + 1_000 });
    expect(bench.wait(1_000).wake().look().lamps).toMatchObject([{ lamps: { ring: true } }]);
    expect(isInUseElsewhere(bench.control)).toBe(false);
  });

  it('that ends sooner than a device takes back a lift opens no window', () => {
    const bench = new Bench().reports({ hook: 0 }).reports({ hook: 1 }).wait(1_200).reports({ hook: 0 });
    expect(bench.look().intents).toEqual([]);
  });

  it('is told from a person who lifted, idle: the device takes that lift back, and the window opens', () => {
    const bench = new Bench().reports({ hook: 0 }).reports({ hook: 1 });
    expect(bench.look().intents).toEqual([]);
    expect(bench.wait(2_200).reports({ hook: 0 }).look()).toMatchObject({ intents: [{ type: 'open' }], lamps: [] });
    expect(isInUseElsewhere(bench.control)).toBe(false);
  });
});
