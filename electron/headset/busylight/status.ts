// The colour that tells the room how the phone stands; a pure function of PhoneState.
import type { PhoneState } from '../../../contract/index.ts';

export interface Colour {
  /** 0 to 255 each. */
  red: number;
  green: number;
  blue: number;
}

export type Status = 'off' | 'free' | 'ringing' | 'busy' | 'do-not-disturb';

/** The first that fits counts: what a colleague at the door must know comes first. */
export function statusOf({ calls, accounts, doNotDisturbUntil }: StatusSource): Status {
  if (calls.some(({ phase }) => phase.name !== 'incoming' && phase.name !== 'ended')) return 'busy';
  if (calls.some(({ phase }) => phase.name === 'incoming' && !phase.silenced)) return 'ringing';
  if (doNotDisturbUntil !== null) return 'do-not-disturb';
  return accounts.some(({ registration }) => registration.name === 'available') ? 'free' : 'off';
}

export type StatusSource = Pick<PhoneState, 'calls' | 'accounts' | 'doNotDisturbUntil'>;

export const colours: Readonly<Record<Status, Colour>> = {
  off: { red: 0, green: 0, blue: 0 },
  free: { red: 0, green: 255, blue: 0 },
  ringing: { red: 0, green: 0, blue: 255 },
  busy: { red: 255, green: 0, blue: 0 },
  'do-not-disturb': { red: 255, green: 0, blue: 255 },
};
