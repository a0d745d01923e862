// The room end to end: virtual headsets behind the real host protocol, a phone that follows, and a clock turned by hand.
import { describe, expect, it } from 'vitest';
import { hex, models, notHeadsets } from './virtual/models.ts';
import { Room } from './virtual/room.ts';
import type { VirtualHeadset, VirtualModel } from './virtual/virtual-headset.ts';

const dark = { offHook: false, ring: false, mute: false, hold: false, onLine: false };
const withLamps = [models.jabra, models.poly, models.epos, models.constant];

async function roomWith(model: VirtualModel): Promise<[Room, VirtualHeadset]> {
  const room = new Room();
  return [room, await room.plug(model)];
}

describe.each(withLamps.map((model) => [model.product, model] as const))('%s', (_product, model) => {
  it('rings, answers by its button, and hangs up by it', async () => {
    const [room, headset] = await roomWith(model);
    room.phone({ ringing: true });
    await room.pass(10);
    expect(headset.lamps()).toMatchObject({ ...dark, ring: true });

    headset.press('hook');
    await room.pass(5_500);
    expect(room.heard()).toEqual(['answer']);
    expect(headset.lamps()).toMatchObject({ ring: false, offHook: true });
    expect(headset.hook).toBe(1);

    headset.press('hook');
    await room.pass(5_500);
    expect(room.heard()).toEqual(['hang-up']);
    expect(headset.lamps()).toEqual(dark);
    expect(headset.hook).toBe(0);
  });

  it('follows a call that is placed, muted, held and ended on the screen, and presses nothing by itself', async () => {
    const [room, headset] = await roomWith(model);
    room.phone({ call: 'active' });
    await room.pass(6_000);
    expect(headset.lamps()).toMatchObject({ offHook: true, mute: false });
    room.phone({ muted: true });
    await room.pass(1_000);
    expect(headset.lamps().mute).toBe(true);
    room.phone({ call: 'held' });
    await room.pass(1_000);
    expect(headset.lamps()).toMatchObject({ hold: true, offHook: true });
    room.phone({ call: 'none', muted: false });
    await room.pass(6_000);
    expect(headset.lamps()).toEqual(dark);
    expect(room.heard()).toEqual([]);
  });

  it('mutes and unmutes in a call', async () => {
    const [room, headset] = await roomWith(model);
    room.phone({ call: 'active' });
    await room.pass(6_000);
    headset.press('mute');
    await room.pass(100);
    expect(headset.lamps().mute).toBe(true);
    headset.press('mute');
    await room.pass(100);
    expect(headset.lamps().mute).toBe(false);
    expect(room.heard()).toEqual(['mute on', 'mute off']);
  });

  it('rejects by its reject button', async () => {
    const [room, headset] = await roomWith(model);
    room.phone({ ringing: true });
    await room.pass(10);
    headset.press('reject');
    await room.pass(10);
    expect(room.heard()).toEqual(['reject']);
    expect(headset.lamps()).toEqual(dark);
  });

  it('ends a call and answers the one that waits, and is off hook for it', async () => {
    const [room, headset] = await roomWith(model);
    room.phone({ call: 'active' });
    await room.pass(6_000);
    room.phone({ ringing: true });
    await room.pass(1_000);
    headset.press('hook');
    await room.pass(6_000);
    expect(room.heard()).toEqual(['hang-up', 'answer']);
    expect(headset.lamps()).toMatchObject({ offHook: true, ring: false });
    expect(headset.hook).toBe(1);
    headset.press('hook');
    await room.pass(10);
    expect(room.heard()).toEqual(['hang-up']);
  });

  it('is not written to while nothing of ours goes on', async () => {
    const [room, headset] = await roomWith(model);
    headset.press('mute');
    headset.press('reject');
    room.phone({});
    await room.pass(60_000);
    expect(headset.written).toEqual([]);
  });

  it('is left alone with the call of another program, and taken over when the person answers on the screen', async () => {
    const [room, headset] = await roomWith(model);
    const others = headset.written.length;
    // The other program lifts the hook; both programs see the device follow.
    const { offHook } = model.layout.lamps;
    const report = new Uint8Array(1 + (model.layout.outputLengths[offHook?.report ?? 0] ?? 0));
    report[0] = offHook?.report ?? 0;
    report[1] = 1;
    await headset.write(report);
    await room.pass(6_000);
    if (model.behaviour.acknowledgeMs === null) return; // Says nothing, so nobody can know.
    expect(room.state.name).toBe('in-use-elsewhere');

    room.phone({ ringing: true });
    headset.press('mute');
    await room.pass(1_000);
    expect(headset.written).toHaveLength(others + 1);
    expect(room.heard()).toEqual([]);

    room.phone({ ringing: false, call: 'active' });
    await room.pass(100);
    expect(headset.lamps()).toMatchObject({ offHook: true });
    expect(room.state.name).toBe('ready');
  });
});

describe('a headset without lamps', () => {
  it('answers and hangs up by its button and mutes by its switch', async () => {
    const [room, headset] = await roomWith(models.chip);
    room.phone({ ringing: true });
    await room.pass(100);
    headset.press('hook');
    await room.pass(100);
    headset.setLevel('mute', true);
    await room.pass(100);
    headset.setLevel('mute', false);
    await room.pass(100);
    expect(room.heard()).toEqual(['answer', 'mute on', 'mute off']);
    headset.press('hook');
    await room.pass(10);
    expect(room.heard()).toEqual(['hang-up']);
    expect(headset.written).toEqual([]);
  });
});

describe('a raised boom', () => {
  it('keeps the call muted and the person is told', async () => {
    const [room, headset] = await roomWith(models.jabra);
    room.phone({ call: 'active', muted: true });
    await room.pass(1_000);
    headset.boomUp = true;
    room.phone({ muted: false });
    await room.pass(1_000);
    expect(room.situation.muted).toBe(true);
    expect(headset.lamps().mute).toBe(true);
    expect(room.problems.map(({ code }) => code)).toEqual(['headset-boom-up']);
  });
});

describe('an idle lift', () => {
  it('opens the window once the device takes it back, which another program would have prevented', async () => {
    const [room, headset] = await roomWith(models.jabra);
    headset.press('hook');
    await room.pass(2_300);
    expect(room.heard()).toEqual(['open']);
    expect(headset.written).toEqual([]);
  });

  it('means nothing when buttons are for calls only', async () => {
    const [room, headset] = await roomWith(models.jabra);
    room.phone({}, { headsetButtons: 'in-calls' });
    headset.press('redial');
    headset.press('hook');
    await room.pass(2_300);
    expect(room.heard()).toEqual([]);
  });
});

describe('finding headsets', () => {
  it('opens what is plugged in, says so, and notices when it goes', async () => {
    const [room, headset] = await roomWith(models.jabra);
    expect(room.state).toEqual({ name: 'ready', product: 'Virtual Jabra-like', usbId: '0b0e:fff1' });
    expect(headset.openers).toBe(1);
    room.bus.unplug('/dev/hidraw1');
    await room.pass(10);
    expect(room.state).toEqual({ name: 'none' });
  });

  it('looks 0.5, 1.5 and 4 s after a change, once for a burst of them, and then no more', async () => {
    const room = new Room();
    await room.pass(0);
    expect(room.bus.listings).toBe(1);
    for (let burst = 0; burst < 20; burst += 1) room.bus.changed();
    await room.pass(499);
    expect(room.bus.listings).toBe(1);
    await room.pass(1);
    expect(room.bus.listings).toBe(2);
    await room.pass(1_000);
    expect(room.bus.listings).toBe(3);
    await room.pass(2_500);
    expect(room.bus.listings).toBe(4);
    await room.pass(3_600_000);
    expect(room.bus.listings).toBe(4);
  });

  it('draws the lamps of a call on a headset that comes in its middle', async () => {
    const room = new Room();
    room.phone({ call: 'active', muted: true });
    const headset = await room.plug(models.jabra);
    expect(headset.lamps()).toMatchObject({ offHook: true, mute: true });
    expect(room.heard()).toEqual([]);
  });

  it.each(Object.entries(notHeadsets))('leaves a device of the kind "%s" alone', async (_name, descriptor) => {
    const [room, device] = await roomWith({ ...models.jabra, descriptor });
    expect(device.openers).toBe(0);
    expect(room.state.name).toBe('none');
  });

  it('leaves a device with a broken descriptor alone and opens the one beside it', async () => {
    const room = new Room();
    const broken = await room.plug({ ...models.jabra, descriptor: hex('05 0B A1') });
    const whole = await room.plug(models.poly);
    expect(broken.openers).toBe(0);
    expect(whole.openers).toBe(1);
    expect(room.state).toEqual({ name: 'ready', product: 'Virtual Poly-like', usbId: '047f:fff2' });
  });

  it('names path and rule when the system does not let it open, and opens once it does', async () => {
    const room = new Room();
    room.bus.forbidden.add('/dev/hidraw1');
    await room.plug(models.jabra);
    expect(room.state).toMatchObject({ name: 'refused', problem: { code: 'headset-not-permitted' } });
    expect(room.state.name === 'refused' && room.state.problem.message).toContain('/dev/hidraw1');
    room.bus.forbidden.clear();
    room.headsets.rescan();
    await room.pass(500);
    expect(room.state.name).toBe('ready');
  });

  it('says so where the system offers no descriptor', async () => {
    const room = new Room();
    room.bus.hidesDescriptors = true;
    await room.plug(models.jabra);
    expect(room.state).toMatchObject({ name: 'refused', problem: { code: 'headset-not-readable' } });
  });

  it('logs a missing library once', async () => {
    const room = new Room();
    room.bus.libraryMissing = true;
    await room.plug(models.jabra);
    expect(room.log.lines.filter((line) => line.startsWith('warn'))).toHaveLength(1);
  });

  it('lets every headset follow and answers by any of them', async () => {
    const room = new Room();
    const one = await room.plug(models.jabra);
    const two = await room.plug(models.poly);
    room.phone({ ringing: true });
    await room.pass(100);
    expect([one.lamps().ring, two.lamps().ring]).toEqual([true, true]);
    two.press('hook');
    await room.pass(6_000);
    expect(room.heard()).toEqual(['answer']);
    expect([one.lamps().offHook, two.lamps().offHook]).toEqual([true, true]);
    one.press('hook');
    await room.pass(6_000);
    expect(room.heard()).toEqual(['hang-up']);
  });
});

describe('letting go', () => {
  it('puts out the lamps of a running call and closes', async () => {
    const [room, headset] = await roomWith(models.poly);
    room.phone({ call: 'active' });
    await room.pass(1_000);
    const closing = room.headsets.close();
    await room.pass(10);
    await closing;
    expect(headset.lamps()).toEqual(dark);
    expect(headset.openers).toBe(0);
  });

  it('closes without a word where nothing was lit', async () => {
    const [room, headset] = await roomWith(models.poly);
    await room.headsets.close();
    expect(headset.written).toEqual([]);
    expect(headset.openers).toBe(0);
  });

  it('closes all when buttons are switched off, and comes back when they are on', async () => {
    const [room, headset] = await roomWith(models.jabra);
    room.phone({ ringing: true }, { headsetButtons: 'never' });
    await room.pass(100);
    expect([headset.openers, room.state.name]).toEqual([0, 'none']);
    room.phone({}, { headsetButtons: 'always' });
    await room.pass(100);
    expect(room.state.name).toBe('ready');
    expect(headset.lamps().ring).toBe(true);
  });

  it('takes no more than 2 s with a device that hangs', async () => {
    const [room, headset] = await roomWith(models.jabra);
    room.phone({ call: 'active' });
    await room.pass(1_000);
    headset.fault = 'hang';
    let closed = false;
    void room.headsets.close().then(() => (closed = true));
    await room.pass(2_000);
    expect(closed).toBe(true);
  });
});
