// Buttons of the headset: each acts on the call that it means now.
import type { HeadsetIntent, PhoneState } from '../../contract/index.ts';
import type { Calls } from '../calls/index.ts';

export interface HeadsetActions {
  calls: Calls;
  openField: () => void;
  redial: () => void;
}

/** Carries out what was pressed. */
export function pressed(
  intent: HeadsetIntent,
  { calls: views, activeCallId: active }: Pick<PhoneState, 'calls' | 'activeCallId'>,
  { calls, openField, redial }: HeadsetActions,
): void {
  const waiting = views.find((call) => call.phase.name === 'incoming')?.id;
  switch (intent.type) {
    case 'answer':
      return waiting === undefined ? undefined : calls.answer(waiting);
    case 'reject':
      return waiting === undefined ? undefined : calls.decline(waiting);
    case 'hang-up':
      return active === null ? undefined : calls.hangUp(active);
    case 'mute':
      return active === null ? undefined : calls.mute(active, intent.on);
    case 'hold':
      return active === null ? undefined : calls.hold(active, intent.on);
    case 'open':
      return openField();
    case 'redial':
      return redial();
  }
}
