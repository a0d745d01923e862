// What the headset room says to the phone and hears from it: intents out, indicators in.

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
