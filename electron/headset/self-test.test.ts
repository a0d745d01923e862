// The self-test: what a headset has is asked for in the order of a call, what comes is said, and no call is made or lost.
import { describe, expect, it } from 'vitest';
import type { HeadsetTest } from '../../contract/index.ts';
import { readTrace, replay } from './trace.ts';
import { models } from './virtual/models.ts';
import { Room } from './virtual/room.ts';
import { formatHeadsetTest } from './self-test-report.ts';
import type { VirtualModel } from './virtual/virtual-headset.ts';

async function testing(model: VirtualModel) {
  const room = new Room();
  const headset = await room.plug(model);
  const tests: (HeadsetTest | null)[] = [];
  room.headsets.listen({ intent: () => {}, state: () => {}, test: (test) => tests.push(test) });
  const last = () => tests.at(-1) ?? null;
  const now = () => {
    const step = last()?.steps.find(({ result }) => result === 'now');
    return step?.ask.kind === 'lamp' ? `lamp ${step.ask.lamp}` : (step?.ask.button ?? 'nothing');
  };
  const results = () => last()?.steps.map(({ result }) => result);
  room.headsets.test('start');
  await room.pass(1_000);
  return { room, headset, last, now, results };
}

const buttons = {
  answer: 'hook',
  mute: 'mute',
  hold: 'flash',
  'hang-up': 'hook',
  reject: 'reject',
  redial: 'redial',
} as const;
type Asked = keyof typeof buttons;

const isButton = (asked: string): asked is Asked => asked in buttons;

/** Does all that is asked, as a person would; returns what was asked and what was lit then. */
async function obey({ room, headset, now, last }: Awaited<ReturnType<typeof testing>>): Promise<string[]> {
  const asked: string[] = [];
  while (last()?.state === 'running' && asked.length < 20) {
    const wanted = now();
    const lit = Object.entries(headset.lamps()).flatMap(([name, on]) => (on ? [name] : []));
    asked.push(`${wanted} [${lit.join(' ')}]`);
    if (isButton(wanted)) headset.press(buttons[wanted]);
    else room.headsets.test('yes');
    await room.pass(3_000);
  }
  return asked;
}

describe('the self-test', () => {
  it('lights each lamp and asks for each button of a headset that has all, in the order of a call', async () => {
    const test = await testing(models.jabra);
    expect(await obey(test)).toEqual([
      'lamp ring [ring]',
      'answer [ring]',
      'lamp offHook [offHook]',
      'mute [offHook]',
      'lamp mute [offHook mute]',
      'hold [offHook]',
      'lamp hold [offHook hold]',
      'hang-up [offHook]',
      'reject [ring]',
      'redial []',
    ]);
    expect(test.last()).toMatchObject({
      state: 'done',
      product: 'Virtual Jabra-like',
      usbId: '0b0e:fff1',
      source: 'system',
    });
    expect(test.results()?.every((result) => result === 'works')).toBe(true);
    expect(test.room.heard()).toEqual([]);
    expect(Object.values(test.headset.lamps()).every((on) => !on)).toBe(true);
  });

  it.each([
    ['poly', models.poly],
    ['epos', models.epos],
    ['constant', models.constant],
    ['chip', models.chip],
  ] as const)('ends with nothing but "works" on the %s shape too', async (_name, model) => {
    const test = await testing(model);
    await obey(test);
    expect(test.last()?.state).toBe('done');
    expect(new Set(test.results())).toEqual(new Set(['works']));
    expect(test.room.heard()).toEqual([]);
  });

  it('says what arrived in the place of what was asked for, and goes on when nothing comes', async () => {
    const { room, headset, last, now, results } = await testing(models.jabra);
    room.headsets.test('no');
    await room.pass(100);
    headset.press('reject');
    await room.pass(100);
    expect(last()?.steps[1]).toMatchObject({ result: 'now', arrived: ['reject 1'] });
    await room.pass(20_000);
    expect(results()?.slice(0, 2)).toEqual(['dark', 'silent']);
    room.headsets.test('yes');
    room.headsets.test('skip');
    await room.pass(100);
    expect(results()?.slice(2, 4)).toEqual(['works', 'skipped']);
    expect(now()).toBe('lamp mute');
  });

  it('gives way to a call at once: its lamps, its presses', async () => {
    const { room, headset, last } = await testing(models.jabra);
    room.headsets.test('yes');
    await room.pass(100);
    room.phone({ ringing: true });
    await room.pass(4_000);
    expect(last()?.state).toBe('call');
    expect(headset.lamps()).toMatchObject({ ring: true, offHook: false });
    headset.press('hook');
    await room.pass(100);
    expect(room.heard()).toEqual(['answer']);
    expect(() => room.headsets.test('start')).toThrow(/in a call/);
  });

  it('ends when the headset is unplugged, and when it is left; its lamps are out', async () => {
    const { room, last } = await testing(models.jabra);
    room.bus.unplug('/dev/hidraw1');
    await room.pass(100);
    expect(last()?.state).toBe('gone');
    expect(() => room.headsets.test('start')).toThrow(/No headset is ready/);
    const other = await testing(models.poly);
    other.room.headsets.test('stop');
    await other.room.pass(100);
    expect(other.last()).toBeNull();
    expect(other.headset.lamps().ring).toBe(false);
  });

  it('does not begin on a headset that another program uses', async () => {
    const room = new Room();
    const headset = await room.plug(models.jabra);
    await headset.write(Uint8Array.of(2, 1, 0));
    await room.pass(3_000);
    expect(room.state.name).toBe('in-use-elsewhere');
    expect(() => room.headsets.test('start')).toThrow(/in a call/);
    expect(headset.written.length).toBe(1);
  });

  it('is in the trace, which says the same when it is replayed', async () => {
    const test = await testing(models.jabra);
    await obey(test);
    const [text = ''] = await test.room.headsets.traces();
    const { intents, lamps } = replay(readTrace(text));
    expect(intents.map((intent) => intent.split(' ')[1])).toEqual([
      'answer',
      'mute',
      'hold',
      'hang-up',
      'reject',
      'redial',
    ]);
    expect(Object.values(lamps).some(Boolean)).toBe(false);
  });

  it('is copied as text that names the headset, what it has, and each result', async () => {
    const { room, headset, last } = await testing(models.jabra);
    room.headsets.test('no');
    await room.pass(100);
    headset.press('hook');
    await room.pass(3_000);
    const test = last();
    if (!test) throw new Error('no test');
    expect(formatHeadsetTest(test, 'Hookswitch 1.0, linux').split('\n').slice(0, 10)).toEqual([
      'Headset test: still running',
      'Headset: Virtual Jabra-like (0b0e:fff1)',
      'Phone: Hookswitch 1.0, linux',
      'Layout from: system',
      'Controls: hook mute flash reject redial lineBusy',
      'Lamps: offHook ring mute hold',
      'Steps:',
      '  lamp ring: does not light',
      '  button answer: works; arrived: hook 1',
      '  lamp offHook: being asked',
    ]);
  });
});
