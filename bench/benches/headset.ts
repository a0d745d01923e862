// From a press to its action, from a change of the calls to the written lamp, from the plug to a usable headset: the room in
// this process, its host in another, a virtual headset in that. The test's own way to the headset (loopback) is counted too.
import { setTimeout as delay } from 'node:timers/promises';
import { createHeadsets, createHostTransport } from '../../electron/headset/index.ts';
import type { CallSituation } from '../../electron/headset/indicators.ts';
import type { ModelName } from '../../electron/headset/virtual/models.ts';
import { phoneIn } from '../../electron/headset/virtual/phone-states.ts';
import { realClock } from '../../electron/headset/virtual/real-clock.ts';
import { afterIntent, MemoryLog } from '../../electron/headset/virtual/room.ts';
import { UtilityProcess } from '../../electron/headset/virtual/utility-process.ts';
import { startVirtualHeadset } from '../../tests/headset/virtual-headset.ts';
import { hostVariable } from '../../tests/headset/wire.ts';
import { percentile, type Bench } from '../report.ts';

const calls = 15;
const mutesEach = 4;
const plugs = 12;
/** The room takes a hook this soon after its own lamp for the device's word, not for a press (ms). */
const handMs = 700;
const models: readonly ModelName[] = ['jabra', 'poly', 'epos'];

interface Samples {
  press: number[];
  lamp: number[];
  plug: number[];
}

export const bench: Bench = async (measure) => {
  const samples: Samples = { press: [], lamp: [], plug: [] };
  for (const model of models) await measureOn(model, samples);
  const figure = (name: string, p: number, of: number[]) =>
    measure({ name, value: percentile(of, p), unit: 'ms', samples: of });
  figure('press_to_action_p95_ms', 95, samples.press);
  figure('press_to_action_p50_ms', 50, samples.press);
  figure('call_to_lamp_p95_ms', 95, samples.lamp);
  figure('call_to_lamp_p50_ms', 50, samples.lamp);
  figure('plug_to_usable_ms', 95, samples.plug);
};

async function measureOn(model: ModelName, samples: Samples): Promise<void> {
  const headset = await startVirtualHeadset(model);
  const host = new UtilityProcess(headset.env[hostVariable] ?? '', headset.env);
  const headsets = createHeadsets({ transport: createHostTransport(host), clock: realClock, log: new MemoryLog() });
  let situation: CallSituation = { ringing: false, call: 'none', connected: false, muted: false };
  let acted: () => void = () => {};
  let ready: () => void = () => {};
  const phone = (change: Partial<CallSituation>) => {
    situation = { ...situation, ...change };
    headsets.update(phoneIn(situation));
  };
  headsets.listen({
    intent: (intent) => {
      acted();
      phone(afterIntent(situation, intent));
    },
    state: ({ name }) => {
      if (name === 'ready') ready();
    },
  });

  const timed = async (into: number[], work: () => Promise<unknown>) => {
    const since = performance.now();
    await work();
    into.push(performance.now() - since);
  };
  const press = (button: 'hook' | 'mute') =>
    timed(samples.press, async () => {
      const action = new Promise<void>((done) => (acted = done));
      await Promise.all([headset.press(button), action]);
    });
  const lamp = (change: Partial<CallSituation>, wanted: Parameters<typeof headset.waitForLamps>[0]) =>
    timed(samples.lamp, () => {
      phone(change);
      return headset.waitForLamps(wanted);
    });

  try {
    await headset.waitForOpen();
    await delay(handMs);
    for (let call = 0; call < calls; call += 1) {
      await lamp({ ringing: true }, { ring: true });
      await press('hook');
      await headset.waitForLamps({ offHook: true, ring: false });
      await delay(handMs);
      for (let turn = 0; turn < mutesEach; turn += 1) {
        await press('mute');
        await headset.waitForLamps({ mute: turn % 2 === 0 });
        await delay(150);
      }
      await lamp({ call: 'held' }, { hold: true });
      await lamp({ call: 'active' }, { hold: false });
      // A radio says only after two seconds that it followed.
      await delay(handMs + 1_500);
      await press('hook');
      await headset.waitForLamps({ offHook: false });
      await delay(handMs);
    }
    for (let turn = 0; turn < plugs; turn += 1) {
      await headset.unplug();
      await delay(100);
      await timed(samples.plug, async () => {
        const usable = new Promise<void>((done) => (ready = done));
        await Promise.all([headset.plug(), usable]);
      });
    }
  } finally {
    await headsets.close();
    await host.stop();
    await headset.close();
  }
}
