// What the headset room says to the phone and hears from it: intents out, indicators in; and its self-test.

/** What a person meant by a press; decided from the call's state, not from toggles. */
export type HeadsetIntent =
  | { type: 'answer' }
  | { type: 'reject' }
  | { type: 'hang-up' }
  | { type: 'mute'; on: boolean }
  | { type: 'hold'; on: boolean }
  /** Hook lifted while idle: bring the window and the field to the front. */
  | { type: 'open' }
  | { type: 'redial' };

/** The lamps, as the calls have them; a pure function of PhoneState. */
export interface Indicators {
  /** An incoming call waits for an answer. */
  ring: boolean;
  /** A call of ours is dialling, connected or held. */
  offHook: boolean;
  mute: boolean;
  hold: boolean;
}

/** A control by its usage in the HID Usage Tables (Telephony page 0x0B); `reject` is a programmable button. */
export type HeadsetControl = 'hook' | 'mute' | 'flash' | 'hold' | 'reject' | 'drop' | 'redial' | 'lineBusy';
/** A lamp by its usage (LED page 0x08). */
export type HeadsetLamp = 'offHook' | 'ring' | 'mute' | 'hold' | 'onLine';

/** What a person is asked to press in the self-test. */
export type HeadsetTestButton = 'answer' | 'mute' | 'hold' | 'hang-up' | 'reject' | 'redial';

export interface HeadsetTestStep {
  ask: { kind: 'button'; button: HeadsetTestButton } | { kind: 'lamp'; lamp: HeadsetLamp };
  /** `silent`: nothing came that means this; `dark`: the person saw no light; `skipped`: the headset has none, they say. */
  result: 'waits' | 'now' | 'works' | 'silent' | 'dark' | 'skipped';
  /** Signals that came while it was asked for, in order: `hook 1`, `mute 1`; at most the first few. */
  arrived: readonly string[];
}

/** The self-test of one headset: lamps and presses of a call that there is not. */
export interface HeadsetTest {
  product: string;
  /** USB vendor and product: `0b0e:0307`. */
  usbId: string;
  /** Who told how its reports are laid out: the system, the browser, or a table of families. */
  source: 'system' | 'collections' | 'family';
  controls: readonly HeadsetControl[];
  lamps: readonly HeadsetLamp[];
  steps: readonly HeadsetTestStep[];
  /** `call`: a call came, and the headset is the call's; `gone`: it was unplugged. */
  state: 'running' | 'done' | 'call' | 'gone';
}
