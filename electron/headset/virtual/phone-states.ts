// PhoneStates for tests: only what the headset room reads is of interest.
import {
  defaultPreferences,
  newCall,
  noPhoneYet,
  type Call,
  type CallPhase,
  type PhoneState,
  type Preferences,
} from '../../../contract/index.ts';
import type { CallSituation } from '../indicators.ts';

export const dialling: CallPhase = { name: 'calling' };
export const incoming: CallPhase = { name: 'incoming', silenced: false };
export const silenced: CallPhase = { name: 'incoming', silenced: true };
export const answering: CallPhase = { name: 'answering' };
export const talking: CallPhase = { name: 'connected', since: 0, hold: { byUs: false, byThem: false, since: null } };
export const held: CallPhase = { name: 'connected', since: 0, hold: { byUs: true, byThem: false, since: 0 } };
export const ended: CallPhase = { name: 'ended', at: 0, result: 'answered', reason: null };

export function callIn(phase: CallPhase, more: Partial<Call> = {}): Call {
  const party = { number: '4410', uri: 'sip:4410@example.com' };
  const call = { id: 'call-1', accountId: 'work', direction: 'incoming', party, phase, startedAt: 0 } as const;
  return { ...newCall(call), ...more };
}

/** A phone with these calls; the first of them that is no waiting call is the active one. */
export function phoneWith(calls: readonly Call[], preferences: Partial<Preferences> = {}): PhoneState {
  const own = calls.find(({ phase }) => phase.name !== 'incoming' && phase.name !== 'ended');
  return {
    ...noPhoneYet,
    calls: [...calls],
    activeCallId: (own ?? calls[0])?.id ?? null,
    preferences: { ...defaultPreferences, ...preferences },
    ready: true,
  };
}

/** A phone in this situation. */
export function phoneIn({ ringing, call, muted }: CallSituation, preferences: Partial<Preferences> = {}): PhoneState {
  const own = call === 'none' ? [] : [callIn(call === 'held' ? held : talking, { id: 'own', muted })];
  return phoneWith([...own, ...(ringing ? [callIn(incoming, { id: 'waiting' })] : [])], preferences);
}
