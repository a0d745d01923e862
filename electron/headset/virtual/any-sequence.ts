// Random lives of one headset: presses, calls, other programs and delays, judged by the model of what was meant.
import fc from 'fast-check';
import { intended, rightLamps, type Pressed } from './intended.ts';
import { Room } from './room.ts';
import type { Behaviour, VirtualHeadset, VirtualModel } from './virtual-headset.ts';

type OnScreen = 'ring' | 'cancel' | 'dial' | 'end' | 'screen-mute' | 'screen-answer' | 'screen-hold';
type Elsewhere = 'foreign-call' | 'foreign-end';
export type Act = Pressed | OnScreen | Elsewhere;

export interface Moment {
  act: Act;
  /** Time after it (ms). */
  after: number;
}

const presses: readonly Pressed[] = ['hook', 'mute', 'flash', 'reject', 'drop', 'redial'];
const onScreen: readonly OnScreen[] = ['ring', 'cancel', 'dial', 'end', 'screen-mute', 'screen-answer', 'screen-hold'];
const delays = [0, 30, 120, 400, 750, 1_200, 3_500, 6_500];

/** How fast a device follows, and whether it does at all: none of it may change what a press means. */
const behaviours = (acknowledgeMs: fc.Arbitrary<number | null>): fc.Arbitrary<Partial<Behaviour>> =>
  fc.record({
    acknowledgeMs,
    takeBackMs: fc.constantFrom(2_000, 2_500, null),
    repeatMs: fc.constantFrom(null, 50),
  });
const audible = fc.constantFrom(0, 20, 300, 1_500);

export interface Life {
  behaviour: Partial<Behaviour>;
  moments: Moment[];
}

/** `alone`: no other program uses the headset. A device that never says what it does could not tell of one. */
export function anyLife(alone: boolean): fc.Arbitrary<Life> {
  const acts: Act[] = [
    ...presses,
    ...presses,
    ...onScreen,
    ...(alone ? [] : (['foreign-call', 'foreign-end'] as const)),
  ];
  const moment = fc.record({ act: fc.constantFrom(...acts), after: fc.constantFrom(...delays) });
  return fc.record({
    behaviour: behaviours(alone ? fc.option(audible) : audible),
    moments: fc.array(moment, { minLength: 1, maxLength: 14 }),
  });
}

/** After this long nothing of the past matters: acknowledgements by radio take 5 s, another program's end 2 s. */
const settledMs = 6_500;
/** The device's own word may come this long after our OffHook, and must not be taken for a press. */
const slipMs = 650;
/** No hand presses the same button sooner than this after it; a device repeats what nobody answered meanwhile. */
const handMs = 160;
/** So long after our own mute a pulse may be its echo. */
const echoMs = 750;

/** Lives it. Returns what went wrong, in words; null where nothing did. */
export async function live(model: VirtualModel, life: Life): Promise<string | null> {
  const room = new Room();
  const behaviour = { ...model.behaviour, ...life.behaviour };
  // Only a device that is told of calls knows that a press was not answered.
  if (!model.layout.lamps.offHook) Object.assign(behaviour, { takeBackMs: null, repeatMs: null });
  const headset = await room.plug({ ...model, behaviour });
  await room.pass(settledMs);
  const judge = new Judge(room, headset);
  for (const [index, { act, after }] of life.moments.entries()) {
    const wrong = (await judge.do(act)) ?? (await judge.wait(after));
    if (wrong !== null) return `${wrong} (moment ${index + 1})`;
  }
  const wrong = await judge.settle();
  await room.headsets.close();
  return wrong;
}

class Judge {
  readonly #room: Room;
  readonly #headset: VirtualHeadset;
  /** When what last happened, on the room's clock; the past is far away. */
  #offHookAt = -Infinity;
  #hookAt = -Infinity;
  #muteAt = -Infinity;
  #switchedOn = false;
  readonly #pressAt = new Map<Pressed, number>();
  /** Another program's call, or a lift that may be one. */
  #foreign = false;
  #foreignAt = -Infinity;

  constructor(room: Room, headset: VirtualHeadset) {
    this.#room = room;
    this.#headset = headset;
    let before = { hook: headset.hook, ...headset.lamps() };
    headset.onChange(() => {
      const after = { hook: headset.hook, ...headset.lamps() };
      if (after.offHook !== before.offHook) this.#offHookAt = this.#now;
      if (after.mute !== before.mute) this.#muteAt = this.#now;
      if (after.hook !== before.hook) this.#hookAt = this.#now;
      before = after;
    });
  }

  /** Another program's call of two to three seconds looks like a lift that nobody answered: the window may come. */
  get #mayOpen(): boolean {
    return this.#foreign || this.#now - this.#foreignAt <= 3_500;
  }

  /** The other program's lamp is on: its call goes on, whatever the hook said. */
  get #lit(): boolean {
    return this.#headset.lamps().offHook && this.#room.situation.call === 'none';
  }

  get #now(): number {
    return this.#room.clock.monotonic();
  }

  /** One act; what it wrongly did. */
  async do(act: Act): Promise<string | null> {
    const { call, ringing, muted } = this.#room.situation;
    switch (act) {
      case 'ring':
        this.#room.phone({ ringing: true });
        break;
      case 'cancel':
        this.#room.phone({ ringing: false });
        break;
      case 'dial':
        if (call === 'none') this.#room.phone({ call: 'active', connected: true });
        break;
      case 'end':
        this.#room.phone({ call: 'none', connected: false, muted: false });
        break;
      case 'screen-mute':
        if (call !== 'none') this.#room.phone({ muted: !muted });
        break;
      case 'screen-answer':
        if (ringing) this.#room.phone({ ringing: false, call: 'active', connected: true });
        break;
      case 'screen-hold':
        if (call !== 'none') this.#room.phone({ call: call === 'held' ? 'active' : 'held' });
        break;
      case 'foreign-call':
      case 'foreign-end':
        return this.#elsewhere(act);
      default:
        return this.#press(act);
    }
    if (this.#room.situation.call !== 'none' && this.#foreign) this.#ours();
    await this.#room.pass(0);
    return this.#unexpected(`${act} on the screen`);
  }

  /** Time passes: nothing may be heard, but for an idle lift that the device takes back. */
  async wait(ms: number): Promise<string | null> {
    await this.#room.pass(ms);
    return this.#unexpected(`${ms} ms of waiting`);
  }

  /** In the end lamps equal the call, whatever was before. */
  async settle(): Promise<string | null> {
    await this.#room.pass(settledMs);
    const late = this.#unexpected('settling');
    if (late !== null) return late;
    if (this.#foreign || this.#room.state.name === 'in-use-elsewhere') return null;
    const has = Object.keys(this.#headset.model.layout.lamps);
    const right = JSON.stringify(rightLamps(this.#room.situation, has));
    const { offHook, ring, mute, hold, onLine } = this.#headset.lamps();
    const lit = JSON.stringify({ offHook, ring, mute, hold, onLine });
    return lit === right ? null : `Lamps are ${lit} and should be ${right}.`;
  }

  async #press(pressed: Pressed): Promise<string | null> {
    const { model, hook } = this.#headset;
    if (!model.layout.controls[pressed]) return null;
    const { situation } = this.#room;
    const lifted = model.behaviour.hookIsButton && pressed === 'hook' ? situation.call !== 'none' : hook === 1;
    const meant = intended(pressed, situation, lifted);
    const sure = this.#isSure(pressed);
    // The device does not say that mute was pressed while it is on hook.
    const deaf = pressed === 'mute' && model.behaviour.muteNeedsOffHook && hook === 0;
    const idleLift = pressed === 'hook' && hook === 0 && situation.call === 'none' && !situation.ringing;
    this.#pressAt.set(pressed, this.#now);
    if (pressed === 'mute' && !model.behaviour.muteNeedsOffHook) return this.#turnSwitch();
    this.#headset.press(pressed);
    await this.#room.pass(0);
    if (idleLift && !model.behaviour.hookIsButton) {
      this.#foreign = true;
      this.#foreignAt = this.#now;
    }
    const heard = this.#room.heard();
    const right = deaf ? [] : meant;
    const endsTheirs = this.#foreign && this.#lit && pressed === 'hook' && this.#headset.hook === 0;
    const text = `${pressed} in ${JSON.stringify(situation)}: heard [${heard.join()}], meant [${right.join()}]`;
    // The other program obeys its headset too.
    if (endsTheirs && heard.length === 0) return this.#elsewhere('foreign-end');
    if (heard.join() === right.join()) return null;
    const opens = idleLift && model.behaviour.hookIsButton;
    if (heard.join() === 'open' && (opens || this.#mayOpen)) {
      return this.#lit ? null : this.#ours();
    }
    // Too soon after something else to tell a press from its echo: nothing may happen, but nothing else.
    return !sure && heard.length === 0 ? null : text;
  }

  /** A mute that is a switch: the call is muted as the switch says. */
  async #turnSwitch(): Promise<string | null> {
    const { call, muted } = this.#room.situation;
    this.#switchedOn = !this.#switchedOn;
    this.#headset.setLevel('mute', this.#switchedOn);
    await this.#room.pass(0);
    const meant = call === 'active' && muted !== this.#switchedOn ? `mute ${this.#switchedOn ? 'on' : 'off'}` : '';
    const heard = this.#room.heard().join();
    return heard === meant
      ? null
      : `Mute switch turned ${String(this.#switchedOn)}: heard [${heard}], meant [${meant}]`;
  }

  /** Far enough from all that sounds like a press. */
  #isSure(pressed: Pressed): boolean {
    const now = this.#now;
    if (this.#foreign || now - this.#foreignAt < settledMs) return false;
    const sincePress = now - (this.#pressAt.get(pressed) ?? -Infinity);
    if (pressed === 'mute') return now - this.#muteAt > echoMs && sincePress > echoMs;
    if (pressed !== 'hook' || this.#headset.model.behaviour.hookIsButton) return sincePress > handMs;
    const { behaviour, layout } = this.#headset.model;
    const { acknowledgeMs } = behaviour;
    // A press too soon after the call's start left it on hook: the next lift is its way back.
    if (layout.lamps.offHook && this.#headset.lamps().offHook && this.#headset.hook === 0) return false;
    // Pressed before it said that it is up, for this call or the next one, nothing changes that could be heard.
    if (this.#headset.following) return false;
    // A device that never says that it followed is believed to have after the longest time.
    if (acknowledgeMs === null) return now - Math.max(this.#offHookAt, this.#hookAt) > settledMs;
    return now - this.#offHookAt > acknowledgeMs + slipMs && now - this.#hookAt > slipMs;
  }

  async #elsewhere(act: Elsewhere): Promise<string | null> {
    const place = this.#headset.model.layout.lamps.offHook;
    const { call, ringing } = this.#room.situation;
    const starts = act === 'foreign-call';
    if (!place || call !== 'none' || (starts && ringing) || this.#headset.lamps().offHook === starts) return null;
    const report = new Uint8Array(1 + (this.#headset.model.layout.outputLengths[place.report] ?? 0));
    report[0] = place.report;
    const at = 1 + Math.floor(place.bit / 8);
    if (starts) report[at] = 1 << (place.bit % 8);
    await this.#headset.write(report);
    this.#foreign = starts;
    this.#foreignAt = this.#now;
    // What two programs do in the same instant cannot be told apart: the device says first that it followed.
    await this.#room.pass((this.#headset.model.behaviour.acknowledgeMs ?? 0) + 10);
    return this.#unexpected('another program');
  }

  #unexpected(during: string): string | null {
    const heard = this.#room.heard();
    if (heard.length === 0) return null;
    if (heard.join() === 'open' && this.#mayOpen) return this.#lit ? null : this.#ours();
    return `Nobody pressed anything during ${during}, and [${heard.join()}] was heard.`;
  }

  /** Ours again: a call of ours took it over, or a lift that was laid down was a person's, who gets the window. */
  #ours(): null {
    this.#foreign = false;
    this.#foreignAt = this.#now;
    return null;
  }
}
