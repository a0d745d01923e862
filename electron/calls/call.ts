// One call as a pure state machine: next(call, event) -> [call, effects]. Every race is a unit test without a socket.
import { newCall, type Call, type CallPhase, type Party } from '../../contract/index.ts';
import { look, type CallEvent, type CallModel, type Step } from './call-model.ts';
import { onMedia, onSound } from './on-media.ts';
import { onPerson } from './on-person.ts';
import { onSip } from './on-sip.ts';

interface NewCall {
  id: string;
  accountId: string;
  party: Party;
  at: number;
}

interface IncomingFacts {
  lateOffer: boolean;
  /** Our call whose place it takes when it is answered. */
  replaces?: string | undefined;
  /** Whom the caller had dialled. */
  divertedFrom?: string | undefined;
}

/** A call that we place: media is asked for an offer first. */
export function outgoingCall(call: NewCall): Step {
  return [model(call, 'outgoing', { name: 'calling' }, false, false), [{ type: 'create-offer' }]];
}

/** A call that comes in; the caller already hears ringing (180 is sent before anything else is done). */
export function incomingCall(call: NewCall & IncomingFacts): Step {
  const incoming = model(call, 'incoming', { name: 'incoming', silenced: false }, true, call.lateOffer);
  return [look(incoming, { replaces: call.replaces ?? null, divertedFrom: call.divertedFrom ?? null }), []];
}

function model(
  call: NewCall,
  direction: Call['direction'],
  phase: CallPhase,
  hasSession: boolean,
  lateOffer: boolean,
): CallModel {
  return {
    view: newCall({ id: call.id, accountId: call.accountId, direction, party: call.party, phase, startedAt: call.at }),
    hasSession,
    lateOffer,
    connectedAt: null,
    holdPending: null,
    refreshWanted: false,
    recordings: [],
  };
}

/** Carries the call one event further. Events that no longer fit (a late answer after the end) change nothing. */
export function next(call: CallModel, event: CallEvent): Step {
  if (event.type === 'transfer') return [look(call, { transfer: event.transfer }), []];
  if (event.type === 'wish') return [look(call, { wish: event.wish }), []];
  if (call.view.phase.name === 'ended') return [call, []];
  switch (event.type) {
    case 'offer-ready':
    case 'answer-ready':
    case 'media-failed':
    case 'negotiated':
    case 'digit-received':
    case 'held-by-them':
    case 'media-problem':
    case 'pictures':
    case 'reoffer-needed':
    case 'refreshed':
      return onMedia(call, event);
    case 'quality':
    case 'recording':
    case 'recording-ended':
    case 'joined':
      return onSound(call, event);
    case 'progress':
    case 'accepted':
    case 'late-answer':
    case 'session-ended':
      return onSip(call, event);
    default:
      return onPerson(call, event);
  }
}
