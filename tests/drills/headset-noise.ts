// 100,000 malformed reports, and 1,000 times unplugged and plugged in, in a muted call: what broke, and whether mute is told as it is.
import { randomInt } from 'node:crypto';
import type { Bench } from '../../bench/report.ts';
import { settled } from '../../electron/headset/virtual/manual-clock.ts';
import { models } from '../../electron/headset/virtual/models.ts';
import { Room } from '../../electron/headset/virtual/room.ts';
import type { VirtualModel } from '../../electron/headset/virtual/virtual-headset.ts';

const reports = 100_000;
const plugs = 1_000;

export const drill: Bench = async (measure, note) => {
  const seed = Number(process.env['HOOKSWITCH_SEED'] ?? randomInt(1, 2 ** 31 - 1));
  note('seed', `HOOKSWITCH_SEED=${seed} makes the same noise again`);
  let wrong = 0;
  for (const model of Object.values(models)) {
    const faults = [...(await noise(model, seed)), ...(await plugging(model))];
    for (const fault of faults) note(model.product, fault);
    wrong += faults.length;
  }
  const headsets = Object.keys(models).length;
  measure({ name: 'headset_malformed_reports', value: reports * headsets, unit: '' });
  measure({ name: 'headset_plug_cycles', value: plugs * headsets, unit: '' });
  measure({ name: 'headset_noise_faults', value: wrong, unit: '' });
  if (wrong > 0) throw new Error(`${wrong} faults.`);
};

/** The phone obeys, so noise may press anything; a new call is placed where it hung up. Lamps must tell the truth after it. */
async function noise(model: VirtualModel, seed: number): Promise<string[]> {
  const room = new Room();
  const headset = await room.plug(model);
  const random = lehmer(seed);
  for (let sent = 0; sent < reports; sent += 1) {
    if (sent % 500 === 0) {
      room.phone({ call: 'active', connected: true, muted: true, ringing: sent % 1_000 === 0 });
      await room.pass(sent % 5_000 === 0 ? 6_500 : 40);
    }
    headset.raw(Uint8Array.from({ length: random() % 9 }, () => random() % 256));
    if (sent % 50 === 0) await settled();
  }
  await room.pass(6_500);
  room.phone({ call: 'active', connected: true, muted: true, ringing: false });
  await room.pass(6_500);
  return told(room, model, headset.lamps());
}

async function plugging(model: VirtualModel): Promise<string[]> {
  const room = new Room();
  room.phone({ call: 'active', connected: true, muted: true });
  const headset = await room.plug(model);
  for (let count = 0; count < plugs; count += 1) {
    room.bus.unplug(`/dev/hidraw${count + 1}`);
    room.bus.plug(headset);
    await room.clock.advance(500);
  }
  await room.pass(6_500);
  const heard = room.heard();
  return [
    ...told(room, model, headset.lamps()),
    ...(heard.length > 0 ? [`plugging pressed ${heard.join()}`] : []),
    ...(headset.openers === 1 ? [] : [`it is open ${headset.openers} times`]),
  ];
}

/** What is not as the call is. */
function told(room: Room, { layout }: VirtualModel, lamps: { offHook: boolean; mute: boolean }): string[] {
  const faults: string[] = [];
  const isOff = (name: 'offHook' | 'mute') => layout.lamps[name] !== undefined && !lamps[name];
  if (room.state.name !== 'ready') faults.push(`the headset is ${room.state.name}`);
  if (!room.situation.muted) faults.push('the call is not muted any more');
  if (isOff('offHook') || isOff('mute')) faults.push(`lamps are ${JSON.stringify(lamps)}`);
  const errors = room.log.lines.filter((line) => line.startsWith('error'));
  return [...faults, ...errors];
}

/** The minimal standard generator (Park and Miller): the same numbers for the same seed. */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 0x7fff_ffff);
}
