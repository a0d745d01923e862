// The room under bad luck: devices that fail, noise, hosts that die, and any order of presses and calls. The drill
// headset-noise has five times as much of it, from every model.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settled } from './virtual/manual-clock.ts';
import { hex, models } from './virtual/models.ts';
import { Room } from './virtual/room.ts';
import type { VirtualHeadset, VirtualModel } from './virtual/virtual-headset.ts';

const withLamps = [models.jabra, models.poly, models.epos, models.constant];

async function roomWith(model: VirtualModel): Promise<[Room, VirtualHeadset]> {
  const room = new Room();
  return [room, await room.plug(model)];
}

describe('bad devices', () => {
  it('that do not take writes still press, and the state says it', async () => {
    const [room, headset] = await roomWith(models.jabra);
    headset.fault = 'fail';
    room.phone({ ringing: true });
    await room.pass(100);
    expect(room.state).toMatchObject({ name: 'refused', problem: { code: 'headset-not-writable' } });
    headset.press('hook');
    await room.pass(10);
    expect(room.heard()).toEqual(['answer']);
  });

  it('that hang in a write cost one second each and get the newest state afterwards, whole', async () => {
    const [room, headset] = await roomWith(models.jabra);
    headset.fault = 'hang';
    room.phone({ ringing: true });
    await room.pass(100);
    room.phone({ ringing: false, call: 'active' });
    await room.pass(100);
    room.phone({ muted: true });
    headset.fault = 'none';
    await room.pass(1_000);
    expect(headset.written[0]).toEqual(hex('02 03 00'));
  });

  it('that missed a write get all reports with the next one', async () => {
    const [room, headset] = await roomWith(models.poly);
    headset.fault = 'fail';
    room.phone({ call: 'active' });
    await room.pass(100);
    headset.fault = 'none';
    room.phone({ muted: true });
    await room.pass(1_000);
    expect(headset.lamps()).toMatchObject({ offHook: true, mute: true });
    expect(room.state.name).toBe('ready');
  });

  it('that end while they are written to are gone, no more', async () => {
    const [room] = await roomWith(models.jabra);
    room.phone({ call: 'active' });
    room.bus.unplug('/dev/hidraw1');
    await room.pass(5_000);
    expect(room.state.name).toBe('none');
    expect(room.heard()).toEqual([]);
  });

  it('and 20,000 reports of noise in a call press what they press, and break nothing', async () => {
    const [room, headset] = await roomWith(models.jabra);
    room.obeys = false;
    room.phone({ call: 'active' });
    await room.pass(1_000);
    let seed = 1;
    const random = () => (seed = (seed * 48_271) % 0x7fff_ffff);
    for (let count = 0; count < 20_000; count += 1) {
      headset.raw(Uint8Array.from({ length: random() % 9 }, () => random() % 256));
      if (count % 1_000 === 0) await settled();
    }
    await room.pass(6_000);
    expect(room.state.name).toBe('ready');
    expect(headset.lamps()).toMatchObject({ offHook: true, mute: false });
    expect(room.heard().every((intent) => ['hang-up', 'mute on', 'hold on'].includes(intent))).toBe(true);
  }, 60_000);

  it('and 200 times out and in during a call: lamps and mute right at the end', async () => {
    const room = new Room();
    room.phone({ call: 'active', muted: true });
    const headset = await room.plug(models.jabra);
    for (let count = 0; count < 200; count += 1) {
      room.bus.unplug(`/dev/hidraw${count + 1}`);
      room.bus.plug(headset);
      await room.clock.advance(500);
    }
    await room.pass(4_000);
    expect(headset.openers).toBe(1);
    expect(headset.lamps()).toMatchObject({ offHook: true, mute: true });
    expect([room.situation.muted, room.heard()]).toEqual([true, []]);
  }, 60_000);
});

describe('the headset host', () => {
  it('may die in a call: the next one opens the headset again and draws its lamps', async () => {
    const [room, headset] = await roomWith(models.jabra);
    room.phone({ call: 'active' });
    await room.pass(1_000);
    room.host.crash();
    await room.pass(100);
    expect(room.state.name).toBe('none');
    room.phone({ muted: true });
    room.host.restart();
    await room.pass(1_000);
    expect(room.state.name).toBe('ready');
    expect(headset.lamps()).toMatchObject({ offHook: true, mute: true });
    expect(room.heard()).toEqual([]);
  });

  it('may say anything', async () => {
    const [room] = await roomWith(models.jabra);
    const garbage = [
      null,
      7,
      'x',
      {},
      { type: 'reply' },
      { type: 'reply', id: 99, result: { kind: 'done' } },
      { type: 'report', handle: 3 },
      { type: 'report', handle: -1, report: [] },
      { type: 'gone', handle: 1e9, reason: 'x' },
    ];
    for (const message of garbage) room.host.say(message);
    await room.pass(10);
    expect(room.state.name).toBe('ready');
  });
});

type Act = 'hook' | 'mute' | 'flash' | 'reject' | 'ring' | 'cancel' | 'dial' | 'end' | 'screen-mute' | 'screen-answer';
const acts: Act[] = [
  'hook',
  'mute',
  'flash',
  'reject',
  'ring',
  'cancel',
  'dial',
  'end',
  'screen-mute',
  'screen-answer',
];

describe('any sequence of presses and calls', () => {
  it.each(withLamps.map((model) => [model.product, model] as const))(
    'on %s loses no hang-up, doubles none, and ends with lamps that fit the calls',
    async (_product, model) => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.constantFrom(...acts), { maxLength: 12 }), async (sequence) => {
          const [room, headset] = await roomWith(model);
          for (const act of sequence) {
            const { ringing, call, muted } = room.situation;
            room.heard();
            const hookBefore = headset.hook;
            if (act === 'ring') room.phone({ ringing: true });
            else if (act === 'cancel') room.phone({ ringing: false });
            else if (act === 'dial') room.phone({ call: 'active' });
            else if (act === 'end') room.phone({ call: 'none', muted: false });
            else if (act === 'screen-mute') room.phone({ muted: call !== 'none' && !muted });
            else if (act === 'screen-answer') room.phone(ringing ? { ringing: false, call: 'active' } : {});
            else headset.press(act);
            await room.pass(6_000); // Slower than any window: the quick cases have their own tests.

            const heard = room.heard();
            if (act === 'hook' && call !== 'none' && hookBefore === 1) {
              expect(heard).toEqual(ringing ? ['hang-up', 'answer'] : ['hang-up']);
            } else if (act === 'hook' && call === 'none' && ringing && hookBefore === 0) {
              expect(heard).toEqual(['answer']);
            } else if (act !== 'flash' && act !== 'hook' && act !== 'reject' && act !== 'mute') {
              expect(heard).toEqual([]); // Nothing that happens on the screen or the wire is a press.
            }
            if (room.state.name === 'in-use-elsewhere') return; // Lifted idle, and kept so: not ours.
            expect(headset.lamps()).toEqual({
              offHook: room.situation.call !== 'none',
              ring: room.situation.ringing,
              mute: room.situation.call !== 'none' && room.situation.muted,
              hold: room.situation.call === 'held',
              onLine: model.layout.lamps.onLine ? room.situation.call !== 'none' : false,
            });
          }
        }),
        { numRuns: 60 },
      );
    },
    60_000,
  );
});
