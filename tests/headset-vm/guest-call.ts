// One call on one headset of the kernel: the built headset host with the real node-hid, the whole room, a phone that follows.
import type { HeadsetIntent } from '../../contract/index.ts';
import { createHeadsets, createHostTransport } from '../../electron/headset/index.ts';
import type { CallSituation } from '../../electron/headset/indicators.ts';
import { phoneIn } from '../../electron/headset/virtual/phone-states.ts';
import { afterIntent, MemoryLog } from '../../electron/headset/virtual/room.ts';
import { realClock } from '../../electron/headset/virtual/real-clock.ts';
import { UtilityProcess } from '../../electron/headset/virtual/utility-process.ts';
import { VirtualHeadset, type VirtualModel } from '../../electron/headset/virtual/virtual-headset.ts';
import type { GuestCall } from './report.ts';
import { plugIn } from './uhid.ts';

/** As the packaged app has it beside its main process. */
const hostScript = '/app/dist/headset-host.cjs';
/** No person presses sooner; the room takes such an edge for the device's own (ms). */
const handMs = 700;
/** Emulated on a busy machine everything takes long. */
const patienceMs = 60_000;

const wordOf = (intent: HeadsetIntent) => ('on' in intent ? `${intent.type} ${intent.on ? 'on' : 'off'}` : intent.type);

/** Plugs in, rings, answers, mutes, holds, is pulled out and put back, hangs up, is pulled out. Never rejects. */
export async function callOn(stage: Stage, model: VirtualModel): Promise<Omit<GuestCall, 'kind'>> {
  const result: Omit<GuestCall, 'kind'> = {
    product: model.product,
    steps: [],
    failure: null,
    plugToUsable: -1,
    pressToAction: [],
    callToLamp: [],
  };
  try {
    await play(stage, stage.enter(model), result);
  } catch (error) {
    result.failure = error instanceof Error ? error.message : String(error);
  }
  stage.unplug();
  stage.phone({ ringing: false, call: 'none', connected: false, muted: false });
  await stage.until(() => stage.state === 'none', 'the headset to be gone at the end').catch(() => {});
  return result;
}

async function play(stage: Stage, headset: VirtualHeadset, result: Omit<GuestCall, 'kind'>): Promise<void> {
  const has = headset.model.layout.lamps;
  const done = (step: string) => result.steps.push(step);
  const lamp = async (name: 'ring' | 'offHook' | 'mute' | 'hold', on: boolean) => {
    if (!has[name]) return;
    const since = performance.now();
    await stage.until(() => headset.lamps()[name] === on, `${name} ${on ? 'lit' : 'dark'}`);
    result.callToLamp.push(performance.now() - since);
  };
  const press = async (button: 'hook' | 'mute', wanted: string) => {
    await pause(handMs);
    stage.heard.length = 0;
    const since = performance.now();
    // A chip's mute is a switch that stays.
    if (button === 'mute' && !has.mute) headset.setLevel('mute', wanted === 'mute on');
    else headset.press(button);
    await stage.until(() => stage.heard.length > 0, `the intent "${wanted}"`);
    result.pressToAction.push(performance.now() - since);
    if (stage.heard.join() !== wanted) throw new Error(`Pressed for "${wanted}", heard "${stage.heard.join()}".`);
  };

  const plugged = performance.now();
  stage.plug();
  await stage.until(() => stage.state === 'ready', 'the headset to be ready');
  result.plugToUsable = performance.now() - plugged;
  done('found and opened');
  if (headset.written.length > 0) throw new Error('It was written to while idle.');

  stage.phone({ ringing: true });
  await lamp('ring', true);
  await press('hook', 'answer');
  await lamp('offHook', true);
  await lamp('ring', false);
  done('answered');

  await press('mute', 'mute on');
  await lamp('mute', true);
  await press('mute', 'mute off');
  await lamp('mute', false);
  done('muted and unmuted');

  stage.phone({ muted: true });
  await lamp('mute', true);
  stage.phone({ muted: false });
  await lamp('mute', false);
  stage.phone({ call: 'held' });
  await lamp('hold', true);
  stage.phone({ call: 'active' });
  await lamp('hold', false);
  done('followed the screen');

  await pause(handMs);
  stage.heard.length = 0;
  stage.unplug();
  await stage.until(() => stage.state === 'none', 'the headset to be gone');
  stage.plug();
  await stage.until(() => stage.state === 'ready', 'the headset to be back');
  await lamp('offHook', true);
  if (stage.heard.length > 0) throw new Error(`Pulled out, and heard "${stage.heard.join()}".`);
  done('pulled out and put back in the call');

  await pause(headset.model.behaviour.acknowledgeMs ?? 0);
  await press('hook', 'hang-up');
  await lamp('offHook', false);
  done('hung up');
}

/** The room, the host's process, a phone, and one virtual headset after the other. */
export class Stage {
  readonly heard: string[] = [];
  state = 'none';
  readonly #log = new MemoryLog();
  readonly #host = new UtilityProcess(hostScript);
  readonly #headsets = createHeadsets({ transport: createHostTransport(this.#host), clock: realClock, log: this.#log });
  readonly #waiting = new Set<() => void>();
  #situation: CallSituation = { ringing: false, call: 'none', connected: false, muted: false };
  #headset: VirtualHeadset | null = null;
  #unplug: () => void = () => {};

  constructor() {
    this.#headsets.listen({
      intent: (intent) => {
        this.heard.push(wordOf(intent));
        this.phone(afterIntent(this.#situation, intent));
      },
      state: ({ name }) => {
        this.state = name;
        this.#changed();
      },
    });
    this.#headsets.update(phoneIn(this.#situation));
  }

  /** The next headset, not plugged in yet. */
  enter(model: VirtualModel): VirtualHeadset {
    const headset = new VirtualHeadset(model, realClock);
    headset.onChange(() => this.#changed());
    this.#headset = headset;
    return headset;
  }

  plug(): void {
    if (this.#headset) this.#unplug = plugIn(this.#headset);
  }

  unplug(): void {
    this.#unplug();
    this.#unplug = () => {};
  }

  phone(change: Partial<CallSituation>): void {
    this.#situation = { ...this.#situation, ...change };
    this.#headsets.update(phoneIn(this.#situation));
    this.#changed();
  }

  until(fits: () => boolean, what: string): Promise<void> {
    return new Promise((done, fail) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        fail(new Error(`Waited in vain for ${what}; ${this.#log.lines.slice(-4).join('; ')}.`));
      }, patienceMs);
      const look = () => {
        if (!fits()) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        done();
      };
      this.#waiting.add(look);
      look();
    });
  }

  async close(): Promise<void> {
    await this.#headsets.close();
    await this.#host.stop();
  }

  #changed(): void {
    for (const look of this.#waiting) look();
  }
}

const pause = (ms: number) => new Promise<void>((done) => realClock.after(ms, done));
