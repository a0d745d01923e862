// One call as a pure state machine: next(call, event) -> [call, effects]. Every race is a unit test without a socket.
import {
  newCall,
  type Call,
  type CallPhase,
  type CallQuality,
  type CallRecord,
  type CallResult,
  type Hold,
  type CallWish,
  type Party,
  type Problem,
  type TransferState,
} from '../../contract/index.ts';
import { silentProblems, type Silent } from '../media/index.ts';
import type { SessionEnd } from '../sip/index.ts';

/** The call that windows see, and what only the machine needs to know. */
export interface CallModel {
  readonly view: Call;
  /** An INVITE of ours is on its way, or theirs has come: there is a SIP session to end. */
  readonly hasSession: boolean;
  /** The INVITE came without SDP: our 200 carries the offer (RFC 3264, late offer). */
  readonly lateOffer: boolean;
  readonly connectedAt: number | null;
  /** A hold or resume that waits for its re-INVITE's answer. */
  readonly holdPending: boolean | null;
  /** Our ports are new, and a re-INVITE must say so as soon as there is a dialog to send it in. */
  readonly refreshWanted: boolean;
  /** Files of what was recorded, in order. */
  readonly recordings: readonly string[];
}

export type CallEvent =
  // media
  | { type: 'offer-ready'; sdp: string }
  | { type: 'answer-ready'; sdp: string }
  | { type: 'media-failed'; problem: Problem; at: number }
  | { type: 'negotiated'; codec: string; encrypted: boolean }
  | { type: 'digit-received'; digit: string }
  | { type: 'held-by-them'; held: boolean; at: number }
  | { type: 'media-problem'; problem: Problem | null }
  | { type: 'reoffer-needed' }
  | { type: 'refreshed'; problem: Problem | null }
  | { type: 'quality'; quality: CallQuality | null; silent: Silent }
  | { type: 'recording'; file: string; at: number }
  | { type: 'recording-ended'; problem: Problem | null }
  | { type: 'joined'; on: boolean }
  // SIP
  | { type: 'progress'; status: number; sdp: string | null }
  | { type: 'accepted'; sdp: string | null; at: number }
  | { type: 'late-answer'; sdp: string | null; at: number }
  | { type: 'session-ended'; end: SessionEnd; at: number; canFallBack: boolean }
  // transfers, and calls that the other side wants of us; also of a call that has ended
  | { type: 'transfer'; transfer: TransferState | null }
  | { type: 'wish'; wish: CallWish | null }
  // the person
  | { type: 'answer' }
  | { type: 'decline'; at: number }
  | { type: 'silence'; on: boolean }
  | { type: 'hang-up'; at: number }
  | { type: 'hold'; on: boolean; at: number }
  | { type: 'hold-settled'; on: boolean; problem: Problem | null; at: number }
  | { type: 'mute'; on: boolean }
  | { type: 'send-digit'; digit: string };

export type CallEffect =
  | { type: 'create-offer' }
  | { type: 'create-answer' }
  | { type: 'invite'; sdp: string }
  | { type: 'accept'; sdp: string }
  | { type: 'reject'; status: 480 | 486 | 488 | 603 }
  | { type: 'end-session' }
  | { type: 'set-answer'; sdp: string }
  | { type: 'reoffer'; hold: boolean }
  /** re-INVITE with the media as it is now. */
  | { type: 'refresh' }
  | { type: 'set-muted'; muted: boolean }
  | { type: 'send-digit'; digit: string }
  | { type: 'ring-back'; on: boolean }
  | { type: 'close-media' }
  | { type: 'record'; record: CallRecord }
  /** Takes the ended call off the screen after 3 s. */
  | { type: 'remove-later' };

export type Step = readonly [CallModel, readonly CallEffect[]];

const noHold: Hold = { byUs: false, byThem: false, since: null };

/** The hold after one side's part of it changed; its time is that of the first side to hold. */
function holdWith(hold: Hold, change: Partial<Pick<Hold, 'byUs' | 'byThem'>>, at: number): Hold {
  const next = { ...hold, ...change };
  return { ...next, since: next.byUs || next.byThem ? (hold.since ?? at) : null };
}

interface NewCall {
  id: string;
  accountId: string;
  party: Party;
  at: number;
}

/** A call that we place: media is asked for an offer first. */
export function outgoingCall(call: NewCall): Step {
  return [model(call, 'outgoing', { name: 'calling' }, false, false), [{ type: 'create-offer' }]];
}

/** A call that comes in; the caller already hears ringing (180 is sent before anything else is done). */
export function incomingCall(call: NewCall & { lateOffer: boolean; replaces?: string | undefined }): Step {
  const incoming = model(call, 'incoming', { name: 'incoming', silenced: false }, true, call.lateOffer);
  return [look(incoming, { replaces: call.replaces ?? null }), []];
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

type MediaEvent = Extract<
  CallEvent,
  {
    type:
      | 'offer-ready'
      | 'answer-ready'
      | 'media-failed'
      | 'negotiated'
      | 'digit-received'
      | 'held-by-them'
      | 'media-problem'
      | 'reoffer-needed'
      | 'refreshed';
  }
>;
type SipEvent = Extract<CallEvent, { type: 'progress' | 'accepted' | 'late-answer' | 'session-ended' }>;
type SoundEvent = Extract<CallEvent, { type: 'quality' | 'recording' | 'recording-ended' | 'joined' }>;
type PersonEvent = Exclude<CallEvent, MediaEvent | SipEvent | SoundEvent | { type: 'transfer' } | { type: 'wish' }>;

function onMedia(call: CallModel, event: MediaEvent): Step {
  const { phase } = call.view;
  switch (event.type) {
    case 'offer-ready':
      if (phase.name === 'calling' && !call.hasSession) {
        return [{ ...call, hasSession: true }, [{ type: 'invite', sdp: event.sdp }]];
      }
      return phase.name === 'answering' ? [call, [{ type: 'accept', sdp: event.sdp }]] : [call, []];
    case 'answer-ready':
      return phase.name === 'answering' ? [call, [{ type: 'accept', sdp: event.sdp }]] : [call, []];
    case 'media-failed':
      return mediaFailed(call, event.problem, event.at);
    case 'negotiated':
      return [look(call, { codec: event.codec, encrypted: event.encrypted }), []];
    case 'digit-received':
      return [look(call, { receivedDigits: (call.view.receivedDigits + event.digit).slice(-64) }), []];
    case 'held-by-them':
      if (phase.name !== 'connected') return [call, []];
      return [look(call, { phase: { ...phase, hold: holdWith(phase.hold, { byThem: event.held }, event.at) } }), []];
    case 'media-problem':
      return [look(call, { problem: event.problem }), []];
    case 'reoffer-needed':
      if (phase.name === 'connected') return [call, [{ type: 'refresh' }]];
      return [{ ...call, refreshWanted: true }, []];
    case 'refreshed':
      return phase.name === 'connected' ? [look(call, { problem: event.problem }), []] : [call, []];
  }
}

function onSound(call: CallModel, event: SoundEvent): Step {
  switch (event.type) {
    case 'quality':
      return [look(call, { quality: event.quality, problem: problemWith(call.view.problem, event.silent) }), []];
    case 'recording':
      return [
        look({ ...call, recordings: [...call.recordings, event.file] }, { recordingSince: event.at, problem: null }),
        [],
      ];
    case 'recording-ended':
      return [look(call, { recordingSince: null, problem: event.problem ?? call.view.problem }), []];
    case 'joined':
      return [look(call, { joined: event.on }), []];
  }
}

/** A side that hears nothing is said unless something worse is; what was said of it is taken back. */
function problemWith(problem: Problem | null, silent: Silent): Problem | null {
  const isOurs = problem === null || Object.values(silentProblems).some(({ code }) => code === problem.code);
  if (!isOurs) return problem;
  return silent === null ? null : silentProblems[silent];
}

function mediaFailed(call: CallModel, problem: Problem, at: number): Step {
  const { phase } = call.view;
  if (phase.name === 'connected') return [look(call, { problem }), []];
  const unanswered = call.view.direction === 'incoming' && call.hasSession;
  const effects: CallEffect[] = unanswered
    ? [{ type: 'reject', status: 488 }]
    : call.hasSession
      ? [{ type: 'end-session' }]
      : [];
  return finish(call, 'failed', problem, at, effects);
}

function onSip(call: CallModel, event: SipEvent): Step {
  const { phase } = call.view;
  switch (event.type) {
    case 'progress': {
      if (phase.name !== 'calling' && phase.name !== 'ringing') return [call, []];
      if (event.status === 100) return [call, []];
      const had = phase.name === 'ringing' && phase.earlyMedia;
      const earlyMedia = had || event.sdp !== null;
      const effects: CallEffect[] = [];
      if (event.sdp !== null) effects.push({ type: 'set-answer', sdp: event.sdp });
      // Silence until the far end's own tones come: local ring-back only while there is no early media.
      if (phase.name === 'calling' || earlyMedia !== had) effects.push({ type: 'ring-back', on: !earlyMedia });
      return [look(call, { phase: { name: 'ringing', earlyMedia } }), effects];
    }
    case 'accepted': {
      if (phase.name !== 'calling' && phase.name !== 'ringing' && phase.name !== 'answering') return [call, []];
      const effects: CallEffect[] = [];
      if (phase.name !== 'answering') effects.push({ type: 'ring-back', on: false });
      if (call.view.direction === 'outgoing') {
        if (event.sdp !== null) effects.push({ type: 'set-answer', sdp: event.sdp });
        else if (!(phase.name === 'ringing' && phase.earlyMedia)) return noMediaInAnswer(call, event.at);
      }
      if (call.view.muted) effects.push({ type: 'set-muted', muted: true });
      const connected: CallPhase = { name: 'connected', since: event.at, hold: noHold };
      if (call.refreshWanted) effects.push({ type: 'refresh' });
      return [{ ...look(call, { phase: connected }), connectedAt: event.at, refreshWanted: false }, effects];
    }
    case 'late-answer':
      if (phase.name !== 'connected') return [call, []];
      if (event.sdp !== null) return [call, [{ type: 'set-answer', sdp: event.sdp }]];
      return noMediaInAnswer(call, event.at);
    case 'session-ended': {
      if (event.canFallBack && phase.name === 'calling') {
        return [{ ...call, hasSession: false }, [{ type: 'create-offer' }]];
      }
      const neverRang = phase.name === 'calling' && event.end.status === 480;
      if (neverRang) return finish({ ...call, hasSession: false }, 'failed', notReachable, event.at, []);
      const result = resultOf(call, event.end);
      return finish({ ...call, hasSession: false }, result, event.end.reason, event.at, []);
    }
  }
}

/** 480 without a ring: "no answer" would be wrong, nobody had the chance. */
const notReachable: Problem = {
  code: 'not-reachable',
  message: 'They cannot be reached now: no phone of theirs is connected, or it is set not to ring.',
};

function noMediaInAnswer(call: CallModel, at: number): Step {
  const problem: Problem = {
    code: 'no-sdp-in-answer',
    message:
      'The other side answered without saying how to send it audio. Try again, or report it to your administrator.',
  };
  return finish(call, 'failed', problem, at, [{ type: 'ring-back', on: false }, { type: 'end-session' }]);
}

function onPerson(call: CallModel, event: PersonEvent): Step {
  const { phase } = call.view;
  switch (event.type) {
    case 'answer':
      if (phase.name !== 'incoming') return [call, []];
      return [
        look(call, { phase: { name: 'answering' } }),
        [call.lateOffer ? { type: 'create-offer' } : { type: 'create-answer' }],
      ];
    case 'decline':
      if (phase.name !== 'incoming') return [call, []];
      return finish(call, 'declined', null, event.at, [{ type: 'reject', status: 603 }]);
    case 'silence':
      if (phase.name !== 'incoming') return [call, []];
      return [look(call, { phase: { name: 'incoming', silenced: event.on } }), []];
    case 'hang-up':
      if (phase.name === 'incoming') {
        return finish(call, 'declined', null, event.at, [{ type: 'reject', status: 603 }]);
      }
      return finish(
        call,
        phase.name === 'connected' || phase.name === 'answering' ? 'answered' : 'cancelled',
        null,
        event.at,
        [{ type: 'ring-back', on: false }, ...(call.hasSession ? [{ type: 'end-session' } as const] : [])],
      );
    case 'hold': {
      if (phase.name !== 'connected' || call.holdPending !== null || phase.hold.byUs === event.on) return [call, []];
      // Shown and heard at once; the re-INVITE follows, and its failure puts it back.
      const held = look(call, {
        phase: { ...phase, hold: holdWith(phase.hold, { byUs: event.on }, event.at) },
        problem: null,
      });
      return [{ ...held, holdPending: event.on }, [{ type: 'reoffer', hold: event.on }]];
    }
    case 'hold-settled': {
      if (phase.name !== 'connected' || call.holdPending !== event.on) return [call, []];
      const settled = { ...call, holdPending: null };
      if (event.problem === null) return [settled, []];
      const hold = holdWith(phase.hold, { byUs: !event.on }, event.at);
      return [look(settled, { phase: { ...phase, hold }, problem: event.problem }), []];
    }
    case 'mute':
      if (call.view.muted === event.on) return [call, []];
      return [look(call, { muted: event.on }), [{ type: 'set-muted', muted: event.on }]];
    case 'send-digit':
      if (phase.name !== 'connected' && !(phase.name === 'ringing' && phase.earlyMedia)) return [call, []];
      return [
        look(call, { sentDigits: (call.view.sentDigits + event.digit).slice(-64) }),
        [{ type: 'send-digit', digit: event.digit }],
      ];
  }
}

function resultOf(call: CallModel, end: SessionEnd): CallResult {
  if (call.connectedAt !== null) return 'answered';
  if (call.view.direction === 'incoming') {
    if (end.result === 'answered-elsewhere') return 'answered-elsewhere';
    return end.result === 'failed' && end.by !== 'them' ? 'failed' : 'missed';
  }
  switch (end.result) {
    case 'busy':
    case 'declined':
    case 'no-answer':
    case 'cancelled':
      return end.result;
    default:
      return 'failed';
  }
}

function finish(
  call: CallModel,
  result: CallResult,
  reason: Problem | null,
  at: number,
  effects: readonly CallEffect[],
): Step {
  const { view } = call;
  const ended: CallPhase = { name: 'ended', at, result, reason };
  const record: CallRecord = {
    id: view.id,
    accountId: view.accountId,
    direction: view.direction,
    number: view.party.number,
    result,
    startedAt: view.startedAt,
    endedAt: at,
    seen: result !== 'missed',
    ...(view.party.name === undefined ? {} : { name: view.party.name }),
    ...(view.party.personId === undefined ? {} : { personId: view.party.personId }),
    ...(reason === null ? {} : { reason: reason.message }),
    ...(call.connectedAt === null ? {} : { connectedAt: call.connectedAt }),
    ...(call.recordings.length === 0 ? {} : { recordings: [...call.recordings] }),
  };
  const quiet: CallEffect[] =
    view.phase.name === 'ringing' && !effects.some((e) => e.type === 'ring-back')
      ? [{ type: 'ring-back', on: false }]
      : [];
  return [
    look({ ...call, hasSession: false, holdPending: null }, { phase: ended, recordingSince: null, joined: false }),
    [...quiet, ...effects, { type: 'close-media' }, { type: 'record', record }, { type: 'remove-later' }],
  ];
}

function look(call: CallModel, changes: Partial<Call>): CallModel {
  return { ...call, view: { ...call.view, ...changes } };
}
