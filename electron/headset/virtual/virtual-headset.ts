// A headset in software: keeps its own hook and lamps, answers OffHook as real ones do, and can misbehave like them.
import type { Clock } from '../../../contract/index.ts';
import type { ControlName, LampName, Lamps } from '../telephony.ts';

/** Where one bit lives. */
export interface Bit {
  report: number;
  bit: number;
}

/** Written by hand from the vendor's table or a capture, so that our own parser is not its own judge. */
export interface Layout {
  /** False: reports carry no id. */
  numbered: boolean;
  controls: Partial<Record<ControlName, Bit>>;
  lamps: Partial<Record<LampName, Bit>>;
  /** Bytes of each report, the id byte not counted. */
  inputLengths: Record<number, number>;
  outputLengths: Record<number, number>;
}

export interface Behaviour {
  /** How long the device takes to follow an OffHook (ms); null: it never says that it did. */
  acknowledgeMs: number | null;
  /** A lift or a laying down that nobody answers is taken back (ms). */
  takeBackMs: number | null;
  /** A signal that nobody answers is sent once more (ms). */
  repeatMs: number | null;
  /** Mute is dead while on hook. */
  muteNeedsOffHook: boolean;
  /** The hook switch is a button that springs back. */
  hookIsButton: boolean;
}

export interface VirtualModel {
  vendorId: number;
  productId: number;
  product: string;
  descriptor: Uint8Array;
  layout: Layout;
  behaviour: Behaviour;
}

export type VirtualButton = 'hook' | 'mute' | 'flash' | 'hold' | 'reject' | 'drop' | 'redial';

/** One program that has the device open. */
export interface VirtualOpener {
  report(report: Uint8Array): void;
  gone(reason: string): void;
}

const lampNames: readonly LampName[] = ['offHook', 'ring', 'mute', 'hold', 'onLine'];

export class VirtualHeadset {
  readonly model: VirtualModel;
  /** All that was written, id first, in order. */
  readonly written: Uint8Array[] = [];
  /** The boom is up: an unmute by the host is answered with a mute pulse. */
  boomUp = false;
  /** `hang`: a write never ends; `fail`: it is refused. */
  fault: 'none' | 'hang' | 'fail' = 'none';
  readonly #clock: Clock;
  readonly #openers = new Set<VirtualOpener>();
  readonly #inputs: Map<number, Uint8Array>;
  readonly #lamps: Lamps = { offHook: false, ring: false, mute: false, hold: false, onLine: false };
  readonly #changeListeners = new Set<() => void>();
  #hook: 0 | 1 = 0;
  #stopTakingBack: () => void = () => {};
  #stopRepeating: () => void = () => {};
  #following = false;
  #cancelFollowing: () => void = () => {};

  constructor(model: VirtualModel, clock: Clock) {
    this.model = model;
    this.#clock = clock;
    const lengths = Object.entries(model.layout.inputLengths);
    this.#inputs = new Map(lengths.map(([id, length]) => [Number(id), new Uint8Array(length)]));
  }

  get hook(): 0 | 1 {
    return this.#hook;
  }

  /** True while it follows an OffHook and has not said so. */
  get following(): boolean {
    return this.#following;
  }

  get openers(): number {
    return this.#openers.size;
  }

  /** What is lit now, as last written. */
  lamps(): Lamps {
    return { ...this.#lamps };
  }

  /** Lamps, hook, or who has it open changed. */
  onChange(listener: () => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  open(opener: VirtualOpener): () => void {
    this.#openers.add(opener);
    this.#changed();
    return () => {
      this.#openers.delete(opener);
      this.#changed();
    };
  }

  unplug(): void {
    this.#quiet();
    for (const name of lampNames) this.#lamps[name] = false;
    for (const body of this.#inputs.values()) body.fill(0);
    this.#hook = 0;
    for (const opener of this.#openers) opener.gone('could not read from HID device');
    this.#openers.clear();
    this.#changed();
  }

  /** A person presses. */
  press(button: VirtualButton): void {
    if (button === 'hook' && !this.model.behaviour.hookIsButton) this.#pressHook();
    else if (button !== 'mute' || !this.model.behaviour.muteNeedsOffHook || this.#hook === 1) this.#pulse(button);
  }

  /** A bare report, as a faulty device might send. */
  raw(report: Uint8Array): void {
    for (const opener of this.#openers) opener.report(report.slice());
  }

  /** The level of a control that stays, such as Line Busy or a mute switch. */
  setLevel(control: ControlName, on: boolean): void {
    this.#set(control, on ? 1 : 0, false);
  }

  /** From any program that has the device open; id in byte 0. Resolves when the device took it. */
  write(report: Uint8Array): Promise<void> {
    if (this.fault === 'hang') return new Promise(() => {});
    if (this.fault === 'fail') return Promise.reject(new Error('Cannot write to hid device'));
    const { layout } = this.model;
    const id = report[0] ?? 0;
    this.written.push(report.slice());
    // Firmware takes a report of another length for another report.
    if (report.length - 1 !== layout.outputLengths[id]) return Promise.resolve();
    this.#stopRepeating();

    const before = this.lamps();
    const body = report.subarray(1);
    for (const name of lampNames) {
      const place = layout.lamps[name];
      if (place?.report === id) this.#lamps[name] = isSet(body, place.bit);
    }
    if (layout.lamps.offHook?.report === id) this.#follow(this.#lamps.offHook ? 1 : 0);
    if (before.mute && !this.#lamps.mute && this.#lamps.offHook && this.boomUp) this.#pulse('mute');
    this.#changed();
    return Promise.resolve();
  }

  #pressHook(): void {
    const before = this.#hook;
    this.#stopFollowing();
    this.#hook = before === 1 ? 0 : 1;
    this.#set('hook', this.#hook);
    const { takeBackMs } = this.model.behaviour;
    if (takeBackMs === null) return;
    this.#stopTakingBack();
    this.#stopTakingBack = this.#clock.after(takeBackMs, () => {
      this.#hook = this.#lamps.offHook ? 1 : 0;
      this.#set('hook', this.#hook);
    });
  }

  /** The host said on or off hook; the device goes there and says so. */
  #follow(value: 0 | 1): void {
    const { acknowledgeMs } = this.model.behaviour;
    this.#stopTakingBack();
    if (this.#hook === value) return;
    this.#stopFollowing();
    this.#hook = value;
    const place = this.model.layout.controls.hook;
    const body = place && this.#inputs.get(place.report);
    if (body) set(body, place.bit, value);
    if (acknowledgeMs === null) return;
    this.#following = true;
    this.#cancelFollowing = this.#clock.after(acknowledgeMs, () => {
      this.#following = false;
      this.#set('hook', value, false);
    });
  }

  #stopFollowing(): void {
    this.#following = false;
    this.#cancelFollowing();
  }

  #pulse(control: VirtualButton): void {
    this.#set(control, 1);
    this.#set(control, 0);
  }

  #set(control: ControlName, value: 0 | 1, wantsAnswer = value === 1): void {
    const { layout, behaviour } = this.model;
    const place = layout.controls[control];
    const body = place && this.#inputs.get(place.report);
    if (!place || !body) return;
    set(body, place.bit, value);
    const report = layout.numbered ? Uint8Array.of(place.report, ...body) : body.slice();
    this.raw(report);
    this.#changed();
    if (control === 'hook') this.#stopRepeating();
    if (!wantsAnswer || behaviour.repeatMs === null) return;
    this.#stopRepeating();
    this.#stopRepeating = this.#clock.after(behaviour.repeatMs, () => {
      this.raw(report);
      // A button is up again by then.
      if (control !== 'hook') this.#set(control, 0);
    });
  }

  #changed(): void {
    for (const listener of this.#changeListeners) listener();
  }

  #quiet(): void {
    this.#stopTakingBack();
    this.#stopRepeating();
    this.#stopFollowing();
  }
}

// Not the room's own functions: a device that reads as we write would hide our mistakes.
function isSet(body: Uint8Array, bit: number): boolean {
  return (((body[Math.floor(bit / 8)] ?? 0) >> (bit % 8)) & 1) === 1;
}

function set(body: Uint8Array, bit: number, value: 0 | 1): void {
  const at = Math.floor(bit / 8);
  const others = (body[at] ?? 0) & ~(1 << (bit % 8));
  body[at] = others | (value << (bit % 8));
}
