// The model of a call: what it is, what happens to it, and what is to be done then.
import type {
  Call,
  CallPictures,
  CallQuality,
  CallRecord,
  CallWish,
  Hold,
  Problem,
  TransferState,
} from '../../contract/index.ts';
import type { Silent } from '../media/index.ts';
import type { Forward } from './forwarding.ts';
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

export type MediaEvent =
  | { type: 'offer-ready'; sdp: string }
  | { type: 'answer-ready'; sdp: string }
  | { type: 'media-failed'; problem: Problem; at: number }
  | { type: 'negotiated'; codec: string; encrypted: boolean }
  | { type: 'digit-received'; digit: string }
  | { type: 'held-by-them'; held: boolean; at: number }
  | { type: 'media-problem'; problem: Problem | null }
  | { type: 'pictures'; pictures: CallPictures | null }
  | { type: 'reoffer-needed' }
  | { type: 'refreshed'; problem: Problem | null };

export type SoundEvent =
  | { type: 'quality'; quality: CallQuality | null; silent: Silent }
  | { type: 'recording'; file: string; at: number }
  | { type: 'recording-ended'; problem: Problem | null }
  | { type: 'joined'; on: boolean };

export type SipEvent =
  | { type: 'progress'; status: number; sdp: string | null }
  | { type: 'accepted'; sdp: string | null; at: number }
  | { type: 'late-answer'; sdp: string | null; at: number }
  | { type: 'session-ended'; end: SessionEnd; at: number; canFallBack: boolean };

export type PersonEvent =
  | { type: 'answer' }
  /** The phone is about to answer by itself. */
  | { type: 'answers-itself' }
  /** `said`: a sentence for the caller. */
  | { type: 'decline'; at: number; said?: string }
  | { type: 'forward'; forward: Forward; at: number }
  | { type: 'silence'; on: boolean }
  | { type: 'hang-up'; at: number }
  | { type: 'hold'; on: boolean; at: number }
  | { type: 'hold-settled'; on: boolean; problem: Problem | null; at: number }
  | { type: 'mute'; on: boolean }
  | { type: 'send-digit'; digit: string };

export type CallEvent =
  | MediaEvent
  | SoundEvent
  | SipEvent
  | PersonEvent
  // transfers, and calls that the other side wants of us; also of a call that has ended
  | { type: 'transfer'; transfer: TransferState | null }
  | { type: 'wish'; wish: CallWish | null };

export type CallEffect =
  | { type: 'create-offer' }
  | { type: 'create-answer' }
  | { type: 'invite'; sdp: string }
  | { type: 'accept'; sdp: string }
  | { type: 'reject'; status: 480 | 486 | 488 | 603; said?: string }
  | { type: 'redirect'; forward: Forward }
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

export const noHold: Hold = { byUs: false, byThem: false, since: null };

/** The hold after one side's part of it changed; its time is that of the first side to hold. */
export function holdWith(hold: Hold, change: Partial<Pick<Hold, 'byUs' | 'byThem'>>, at: number): Hold {
  const next = { ...hold, ...change };
  return { ...next, since: next.byUs || next.byThem ? (hold.since ?? at) : null };
}

/** The call with what windows see of it changed. */
export function look(call: CallModel, changes: Partial<Call>): CallModel {
  return { ...call, view: { ...call.view, ...changes } };
}
