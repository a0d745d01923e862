// The lamps and the situation, as the calls have them: pure functions of PhoneState.
import type { Call, Indicators, PhoneState } from '../../contract/index.ts';

/** What a press is decided by. */
export interface CallSituation {
  /** A call waits for an answer, silenced or not. */
  ringing: boolean;
  /** Ours, from dialling on: `held` when all of them are held by us. */
  call: 'none' | 'active' | 'held';
  connected: boolean;
  muted: boolean;
}

/** No call of any kind. */
export function isQuiet({ ringing, call }: CallSituation): boolean {
  return !ringing && call === 'none';
}

/** The lamps for a call that is known by its situation alone: of a trace, or of a test. */
export function lampsOf({ ringing, call, muted }: CallSituation): Indicators {
  return { ring: ringing, offHook: call !== 'none', mute: call !== 'none' && muted, hold: call === 'held' };
}

/** The lamps for this state. A silenced call does not ring in the ear either, but a press still answers it. */
export function indicators(state: PhoneState): Indicators {
  const { call, muted } = situationOf(state);
  return {
    ring: state.calls.some(({ phase }) => phase.name === 'incoming' && !phase.silenced),
    // Held calls too: many headsets answer OffHook 0 with hook 0, and that hangs up.
    offHook: call !== 'none',
    mute: call !== 'none' && muted,
    hold: call === 'held',
  };
}

/** The state of the calls, reduced to what the meaning of a button depends on. */
export function situationOf(state: PhoneState): CallSituation {
  const own = state.calls.filter(isOwn);
  const active = own.find(({ id }) => id === state.activeCallId) ?? own.find((call) => !isHeld(call)) ?? own[0];
  return {
    ringing: state.calls.some(({ phase }) => phase.name === 'incoming'),
    call: own.length === 0 ? 'none' : own.every(isHeld) ? 'held' : 'active',
    connected: own.some(({ phase }) => phase.name === 'connected'),
    muted: active?.muted ?? false,
  };
}

function isOwn({ phase }: Call): boolean {
  return phase.name !== 'incoming' && phase.name !== 'ended';
}

function isHeld({ phase }: Call): boolean {
  return phase.name === 'connected' && phase.hold.byUs;
}
