// How a call looks: its paper and its state word, decided from the call alone.
import type { Call, CallResult } from '../../../contract/index.ts';
import { shownNumber } from '../../common/shown-number.ts';

/** Ink is the one surface your voice goes to; amber paper waits on hold; all else is paper. */
export type Tone = 'ink' | 'paper' | 'held';

/** Keys of the state words in the catalog `calls`, under `state`. */
export type StateWord =
  | 'calling'
  | 'ringing'
  | 'incoming'
  | 'answering'
  | 'connected'
  | 'muted'
  | 'conference'
  | 'onHold'
  | 'onHoldByThem'
  | 'busy'
  | 'noAnswer'
  | 'declined'
  | 'answeredElsewhere'
  | 'forwarded'
  | 'failed'
  | 'ended';

export interface CallLook {
  tone: Tone;
  state: StateWord;
  /** Milliseconds since the epoch at which the call was connected; null before, and after its end. */
  since: number | null;
}

const endings: Record<CallResult, StateWord> = {
  answered: 'ended',
  missed: 'ended',
  cancelled: 'ended',
  declined: 'declined',
  busy: 'busy',
  'no-answer': 'noAnswer',
  'answered-elsewhere': 'answeredElsewhere',
  blocked: 'declined',
  forwarded: 'forwarded',
  failed: 'failed',
};

/** The look of a call: what you hear decides, so a hold by either side comes before mute. */
export function lookOf(call: Call): CallLook {
  const { phase } = call;
  switch (phase.name) {
    case 'calling':
    case 'ringing':
    case 'incoming':
    case 'answering':
      return { tone: 'paper', state: phase.name, since: null };
    case 'ended':
      return { tone: 'paper', state: endings[phase.result], since: null };
    case 'connected':
      if (phase.hold.byUs) return { tone: 'held', state: 'onHold', since: phase.since };
      if (phase.hold.byThem) return { tone: 'ink', state: 'onHoldByThem', since: phase.since };
      return {
        tone: 'ink',
        state: call.muted ? 'muted' : call.joined ? 'conference' : 'connected',
        since: phase.since,
      };
  }
}

/** Since when either side holds the call (milliseconds since the epoch); null while nobody does. */
export function heldSince({ phase }: Call): number | null {
  return phase.name === 'connected' ? phase.hold.since : null;
}

/** The calls of the dock, each in its place. */
export interface DockCalls {
  /** Ring here and wait for an answer, oldest first. */
  waiting: Call[];
  /** The call with the full card; null when all that is left has ended or waits. */
  active: Call | null;
  /** Everything else: held calls, and ended ones beside a call that goes on. */
  others: Call[];
}

/** Puts calls in their places: who waits on top, then the active one, then the rest in order of start. */
export function arrange(calls: readonly Call[], activeCallId: string | null): DockCalls {
  const waiting = calls.filter((call) => call.phase.name === 'incoming');
  const rest = calls.filter((call) => call.phase.name !== 'incoming');
  const active =
    rest.find((call) => call.id === activeCallId) ??
    rest.find((call) => call.phase.name !== 'ended') ??
    rest.at(-1) ??
    null;
  return { waiting, active, others: rest.filter((call) => call !== active) };
}

/** What is shown for a name: never empty. */
export function nameOf(call: Call): string {
  return call.party.name ?? shownNumber(call.party.number);
}
