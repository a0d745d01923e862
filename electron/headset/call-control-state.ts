// What call control remembers of one headset, what happens to it and what it asks for. Times are monotonic ms.
import type { HeadsetIntent, Indicators } from '../../contract/index.ts';
import { newHook, type Hook } from './hook.ts';
import type { CallSituation } from './indicators.ts';
import { noMuteWatch, type MuteWatch } from './mute.ts';
import type { Quirk } from './quirks.ts';
import type { ControlValues, InputReport } from './report.ts';
import type { ControlMode, ControlName, LampName, Lamps } from './telephony.ts';

export interface CallControl {
  readonly quirk: Quirk;
  readonly modes: Partial<Record<ControlName, ControlMode>>;
  /** Lamps that the device has: what it is not told it neither confirms nor echoes. */
  readonly has: readonly LampName[];
  /** False: presses outside of calls mean nothing ("only during my calls"). */
  readonly actsIdle: boolean;
  readonly situation: CallSituation;
  /** What the calls want to see lit. */
  readonly wanted: Lamps;
  /** What we told the device last; all off where we told it nothing. */
  readonly shown: Lamps;
  readonly hook: Hook;
  readonly mute: MuteWatch;
  /** Last values of the other controls; the rest position of a button is 0. */
  readonly values: ControlValues;
  /** When each button was last pressed. */
  readonly pressedAt: Partial<Record<ControlName, number>>;
  /** Another program has a call on this device. `lift`: or a person lifted it, idle. `until`: it ended, quiet until then. */
  readonly foreign: { since: number; lift: boolean; until: number | null } | null;
  readonly foreignSeenAt: number | null;
  /** When Ring was lit. */
  readonly ringAt: number | null;
  /** The device hung up one call and must stay off hook for the next. */
  readonly reassert: boolean;
}

export type CallControlEvent =
  | { type: 'phone'; situation: CallSituation; indicators: Indicators; actsIdle: boolean }
  | { type: 'report'; report: InputReport }
  /** The time asked for by a `wake` effect has come. */
  | { type: 'wake' };

export type CallControlEffect =
  | { type: 'intent'; intent: HeadsetIntent }
  /** Show these; `resync` writes all reports again, changed or not. */
  | { type: 'lamps'; lamps: Lamps; resync: boolean }
  | { type: 'wake'; at: number }
  /** Unmuted on screen while the boom is up: the person should know. */
  | { type: 'boom-locked' };

export type Step = [CallControl, CallControlEffect[]];

export const darkLamps: Lamps = { offHook: false, ring: false, mute: false, hold: false, onLine: false };

const allLamps: readonly LampName[] = ['offHook', 'ring', 'mute', 'hold', 'onLine'];

/** A device just opened: nothing is known of it and nothing is written. */
export function newCallControl(
  quirk: Quirk,
  modes: CallControl['modes'],
  now: number,
  has: readonly LampName[] = allLamps,
): CallControl {
  return {
    quirk,
    modes,
    has,
    actsIdle: true,
    situation: { ringing: false, call: 'none', connected: false, muted: false },
    wanted: darkLamps,
    shown: darkLamps,
    hook: newHook(now),
    mute: noMuteWatch,
    values: {},
    pressedAt: {},
    foreign: null,
    foreignSeenAt: null,
    ringAt: null,
    reassert: false,
  };
}

/** True while another program has, or may have, a call on this device and we keep our hands off. */
export function isInUseElsewhere(state: CallControl): boolean {
  return state.foreign !== null;
}

/** True where a lamp of ours is lit: the device is ours to write to. */
export function isLit(lamps: Lamps): boolean {
  return Object.values(lamps).some(Boolean);
}
