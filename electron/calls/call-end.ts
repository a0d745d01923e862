// The end of a call: its result, what the history keeps of it, and what is to be closed.
import type { CallPhase, CallRecord, CallResult, Problem } from '../../contract/index.ts';
import type { SessionEnd } from '../sip/index.ts';
import { look, type CallEffect, type CallModel, type Step } from './call-model.ts';

/** What a call that its session ended was for the person. */
export function resultOf(call: CallModel, end: SessionEnd): CallResult {
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

/** Ends the call: `effects` first, then its media is closed and its record kept. */
export function finish(
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
    ...(reason === null ? {} : { reason: reason.message, reasonCode: reason.code }),
    ...(call.connectedAt === null ? {} : { connectedAt: call.connectedAt }),
    ...(view.note === '' ? {} : { note: view.note }),
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

/** The final status to tell of a call that ended before it was answered. */
export function statusOf({ view: { phase } }: CallModel): number {
  if (phase.name !== 'ended') return 500;
  return finalStatus[phase.result] ?? 500;
}

const finalStatus: Partial<Record<CallResult, number>> = {
  answered: 200,
  busy: 486,
  declined: 603,
  'no-answer': 480,
  cancelled: 487,
};
