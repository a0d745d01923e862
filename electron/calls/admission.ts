// Admission: whether a call that comes in rings, and what the history keeps of one that does not.
import { ProblemError, type AccountConfig, type CallRecord, type Party, type Problem } from '../../contract/index.ts';
import { unusableOffer } from '../media/index.ts';
import type { IncomingSession } from '../sip/index.ts';
import type { Caller } from './auto-answer.ts';
import type { Forward } from './forwarding.ts';
import { partyOf } from './party.ts';

export interface ComingCall {
  id: string;
  accountId: string;
  party: Party;
  at: number;
}

/** A call that came in, as the phone speaks of it. */
export function comingCall(session: IncomingSession, account: AccountConfig | undefined, at: number): ComingCall {
  const { uri, displayName } = session.remote;
  return { id: session.id, accountId: session.accountId, party: partyOf(uri, displayName, account), at };
}

/** Who calls, for those who decide whether the phone answers by itself. */
export function callerOf({ remote, direct, autoAnswerAfter }: IncomingSession, { party }: ComingCall): Caller {
  const { asserted, anonymous } = remote;
  return { number: party.number, uri: party.uri, asserted, anonymous, direct, wantsAfter: autoAnswerAfter };
}

/** Why a call could not be answered, so that it does not ring: the caller is told at once, and the list says why. */
export function unusable({ offer }: IncomingSession, account: AccountConfig | undefined): Problem | null {
  return offer === null || !account ? null : unusableOffer(offer, account.encryption);
}

/** What the caller is told, and what the history says. */
export interface Refusal {
  status: 480 | 486 | 603;
  result: 'missed' | 'blocked';
}

/** Turns a call away that never rang. */
export function turnAway(session: IncomingSession, status: Refusal['status'] | 488): void {
  session.listen({ reoffered: refuseReoffer, ended: () => {} });
  session.reject(status);
}

/** Sends a call on that never rang; returns what the history keeps of it. */
export function sendOn(session: IncomingSession, call: ComingCall, { to, reason }: Forward): CallRecord {
  session.listen({ reoffered: refuseReoffer, ended: () => {} });
  session.redirect(to.uri, reason);
  return { ...turnedAway(call, { result: 'forwarded' }), reason: to.number };
}

function refuseReoffer(): Promise<string> {
  return Promise.reject(new ProblemError({ code: 'not-ringing', message: 'This call was refused.' }));
}

/** A call that never rang, as the history keeps it. */
export function turnedAway(call: ComingCall, { result }: Pick<CallRecord, 'result'>): CallRecord {
  const { name } = call.party;
  return {
    id: call.id,
    accountId: call.accountId,
    direction: 'incoming',
    number: call.party.number,
    result,
    startedAt: call.at,
    endedAt: call.at,
    // Only what one missed is to be looked at.
    seen: result !== 'missed',
    ...(name === undefined ? {} : { name }),
  };
}
