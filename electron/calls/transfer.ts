// One transfer as a pure state machine (RFC 5589): blind, or attended after asking first. The outcome is always a state to show.
import type { Party, Problem, TransferState } from '../../contract/index.ts';
import type { ReferOutcome } from '../sip/index.ts';

export type TransferEvent =
  | { type: 'transfer-now'; to: Party }
  | { type: 'ask-first'; to: Party; consultationId: string }
  | { type: 'complete' }
  | { type: 'back-to-caller' }
  /** `problem`: why nobody was asked; null when they were talked to. */
  | { type: 'consultation-ended'; problem: Problem | null }
  /** `callOver`: the caller's call with us is over already. */
  | { type: 'outcome'; outcome: ReferOutcome; callOver: boolean };

export type TransferEffect =
  | { type: 'hold' }
  | { type: 'refer'; to: Party; consultationId: string | null }
  | { type: 'resume' }
  | { type: 'end-consultation'; consultationId: string }
  | { type: 'hang-up' };

export type TransferStep = readonly [TransferState | null, readonly TransferEffect[]];

/** Carries a transfer one event further; null: none is under way. What no longer fits changes nothing. */
export function nextTransfer(transfer: TransferState | null, event: TransferEvent): TransferStep {
  const isFree = transfer === null || transfer.name === 'failed';
  switch (event.type) {
    case 'transfer-now':
      if (!isFree) return [transfer, []];
      return [
        { name: 'transferring', to: event.to, consultationId: null },
        [{ type: 'hold' }, { type: 'refer', to: event.to, consultationId: null }],
      ];
    case 'ask-first':
      if (!isFree) return [transfer, []];
      return [{ name: 'asking-first', to: event.to, consultationId: event.consultationId }, []];
    case 'complete': {
      if (transfer?.name !== 'asking-first') return [transfer, []];
      const { to, consultationId } = transfer;
      return [{ name: 'transferring', to, consultationId }, [{ type: 'refer', to, consultationId }]];
    }
    case 'back-to-caller':
      if (transfer?.name === 'failed') return [null, []];
      if (transfer?.name !== 'asking-first') return [transfer, []];
      return [null, [{ type: 'end-consultation', consultationId: transfer.consultationId }, { type: 'resume' }]];
    case 'consultation-ended':
      if (transfer?.name !== 'asking-first') return [transfer, []];
      return [
        event.problem === null ? null : { name: 'failed', to: transfer.to, reason: event.problem },
        [{ type: 'resume' }],
      ];
    case 'outcome':
      return transfer?.name === 'transferring' ? outcomeOf(transfer, event) : [transfer, []];
  }
}

function outcomeOf(
  { to, consultationId }: Extract<TransferState, { name: 'transferring' }>,
  { outcome, callOver }: Extract<TransferEvent, { type: 'outcome' }>,
): TransferStep {
  // Whoever agreed and hung up has gone to the new call.
  if (outcome.result === 'completed' || (outcome.result === 'unknown' && callOver)) {
    const asked: TransferEffect[] = consultationId === null ? [] : [{ type: 'end-consultation', consultationId }];
    return [{ name: 'done', to }, [...asked, { type: 'hang-up' }]];
  }
  const reason = outcome.reason ?? (outcome.result === 'unknown' ? noNews : refused);
  return [{ name: 'failed', to, reason }, [{ type: 'resume' }]];
}

const noNews: Problem = {
  code: 'transfer-unknown',
  message: 'The other side never said whether the transfer worked. The caller is still here.',
};

const refused: Problem = {
  code: 'transfer-failed',
  message: 'The transfer did not work. The caller is back with you.',
};
