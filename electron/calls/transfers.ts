// Carries out transfers on calls and sessions: holds, refers (RFC 3515), and brings the caller back when it fails.
import type { Call, CallResult, Logger, Party, Problem } from '../../contract/index.ts';
import type { InviteOptions, Session } from '../sip/index.ts';
import type { CallEvent } from './call-model.ts';
import { problemOf } from './problem-of.ts';
import { nextTransfer, type TransferEffect, type TransferEvent } from './transfer.ts';

/** What transfers and wishes need of the calls. */
export interface CallDesk {
  view(callId: string): Call | undefined;
  session(callId: string): Session | null;
  event(callId: string, event: CallEvent): void;
  place(accountId: string, party: Party, options?: InviteOptions): string;
  hold(callId: string, on: boolean): void;
  hangUp(callId: string): void;
  /** When the offers that are under way were answered. Never rejects. */
  settled(callId: string): Promise<unknown>;
  log: Logger;
}

const gone: Problem = { code: 'call-gone', message: 'This call is not connected, so it cannot be transferred.' };

export class Transfers {
  readonly #desk: CallDesk;

  constructor(desk: CallDesk) {
    this.#desk = desk;
  }

  now(callId: string, to: Party): void {
    if (this.#isConnected(callId)) this.#next(callId, { type: 'transfer-now', to });
  }

  /** Calls whom the caller shall be given to. Returns the id of that call; null when there is nobody to be given. */
  askFirst(callId: string, to: Party): string | null {
    const call = this.#desk.view(callId);
    const isUnderWay = call?.transfer !== null && call?.transfer.name !== 'failed';
    if (!call || isUnderWay || !this.#isConnected(callId)) return null;
    const consultationId = this.#desk.place(call.accountId, to);
    this.#next(callId, { type: 'ask-first', to, consultationId });
    return consultationId;
  }

  complete(callId: string): void {
    const transfer = this.#desk.view(callId)?.transfer;
    if (transfer?.name !== 'asking-first' || !this.#isConnected(transfer.consultationId)) return;
    this.#next(callId, { type: 'complete' });
  }

  backToCaller(callId: string): void {
    this.#next(callId, { type: 'back-to-caller' });
  }

  /** Some call ended: whoever asked first over it has their caller back. */
  callEnded(ended: Call, calls: readonly Call[]): void {
    for (const { id, transfer } of calls) {
      if (transfer?.name !== 'asking-first' || transfer.consultationId !== ended.id) continue;
      this.#next(id, { type: 'consultation-ended', problem: whyNobody(ended) });
    }
  }

  #isConnected(callId: string): boolean {
    return this.#desk.view(callId)?.phase.name === 'connected';
  }

  #next(callId: string, event: TransferEvent): void {
    const call = this.#desk.view(callId);
    if (!call) return;
    const [transfer, effects] = nextTransfer(call.transfer, event);
    if (transfer !== call.transfer) this.#desk.event(callId, { type: 'transfer', transfer });
    for (const effect of effects) this.#carryOut(callId, effect);
  }

  #carryOut(callId: string, effect: TransferEffect): void {
    switch (effect.type) {
      case 'hold':
        return this.#desk.hold(callId, true);
      case 'resume':
        return this.#desk.hold(callId, false);
      case 'hang-up':
        return this.#desk.hangUp(callId);
      case 'end-consultation':
        return this.#desk.hangUp(effect.consultationId);
      case 'refer':
        return void this.#refer(callId, effect.to, effect.consultationId);
    }
  }

  async #refer(callId: string, to: Party, consultationId: string | null): Promise<void> {
    // A re-INVITE of ours and the REFER in one dialog at once is more than many phones can bear.
    await this.#desk.settled(callId);
    try {
      const session = this.#desk.session(callId);
      const replaces = consultationId === null ? undefined : this.#desk.session(consultationId);
      if (!session || replaces === null) throw new Error(gone.message);
      const outcome = await session.refer(to.uri, replaces === undefined ? {} : { replaces });
      this.#next(callId, { type: 'outcome', outcome, callOver: !this.#isConnected(callId) });
    } catch (error) {
      this.#desk.log.warn('A transfer could not be asked for.', { callId, error: String(error) });
      const outcome = { result: 'failed', reason: { ...gone, detail: problemOf(error).message } } as const;
      this.#next(callId, { type: 'outcome', outcome, callOver: !this.#isConnected(callId) });
    }
  }
}

const whatTheyDid: Partial<Record<CallResult, string>> = {
  busy: 'is busy',
  declined: 'declined',
  'no-answer': 'did not answer',
};

/** Null when they were talked to: then nothing failed. */
function whyNobody({ phase }: Call): Problem | null {
  if (phase.name !== 'ended' || phase.result === 'answered' || phase.result === 'cancelled') return null;
  if (phase.reason) return phase.reason;
  const what = whatTheyDid[phase.result] ?? 'could not be reached';
  return { code: `asked-${phase.result}`, message: `The person you asked ${what}. The caller is back with you.` };
}
