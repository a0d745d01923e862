// A transfer, event by event: blind, after asking first, and every way in which it fails.
import { describe, expect, it } from 'vitest';
import type { Party, TransferState } from '../../contract/index.ts';
import type { ReferOutcome } from '../sip/index.ts';
import { nextTransfer, type TransferEffect, type TransferEvent } from './transfer.ts';

const to: Party = { number: '4403', uri: 'sip:4403@example.com' };
const now: TransferEvent = { type: 'transfer-now', to };
const ask: TransferEvent = { type: 'ask-first', to, consultationId: 'asked' };
const complete: TransferEvent = { type: 'complete' };
const busy = { code: 'busy', message: 'They are busy.' };

function outcome(result: ReferOutcome['result'], callOver = false): TransferEvent {
  return { type: 'outcome', outcome: { result, reason: result === 'failed' ? busy : null }, callOver };
}

function run(...events: TransferEvent[]) {
  let transfer: TransferState | null = null;
  const effects: TransferEffect[] = [];
  for (const event of events) {
    const [after, more] = nextTransfer(transfer, event);
    transfer = after;
    effects.push(...more);
  }
  return { transfer, effects, names: effects.map(({ type }) => type) };
}

describe('"Transfer now"', () => {
  it('holds the caller, asks them to call there, and ends our call when they are connected', () => {
    const { transfer, names } = run(now, outcome('completed'));
    expect(names).toEqual(['hold', 'refer', 'hang-up']);
    expect(transfer).toEqual({ name: 'done', to });
  });

  it('brings the caller back when it fails, and says why', () => {
    const { transfer, names } = run(now, outcome('failed'));
    expect(names).toEqual(['hold', 'refer', 'resume']);
    expect(transfer).toEqual({ name: 'failed', to, reason: busy });
  });

  it('says so when the other side refuses, and when it never tells', () => {
    expect(run(now, outcome('refused')).transfer).toMatchObject({
      name: 'failed',
      reason: { code: 'transfer-failed' },
    });
    expect(run(now, outcome('unknown')).transfer).toMatchObject({ reason: { code: 'transfer-unknown' } });
  });

  it('is done when the caller agreed and hung up without another word', () => {
    expect(run(now, outcome('unknown', true)).transfer).toEqual({ name: 'done', to });
  });

  it('is not begun twice, and can be tried again after it failed', () => {
    expect(run(now, now).names).toEqual(['hold', 'refer']);
    expect(run(now, outcome('failed'), now).names).toEqual(['hold', 'refer', 'resume', 'hold', 'refer']);
  });
});

describe('"Ask first"', () => {
  it('gives the caller the place of our second call, and ends both of ours', () => {
    const { transfer, effects } = run(ask, complete, outcome('completed'));
    expect(effects).toEqual([
      { type: 'refer', to, consultationId: 'asked' },
      { type: 'end-consultation', consultationId: 'asked' },
      { type: 'hang-up' },
    ]);
    expect(transfer).toEqual({ name: 'done', to });
  });

  it('goes back to the caller and ends the other call', () => {
    const { transfer, names } = run(ask, { type: 'back-to-caller' });
    expect(names).toEqual(['end-consultation', 'resume']);
    expect(transfer).toBeNull();
  });

  it('has the caller back when the one who is asked does not answer, with the reason', () => {
    const { transfer, names } = run(ask, { type: 'consultation-ended', problem: busy });
    expect(names).toEqual(['resume']);
    expect(transfer).toEqual({ name: 'failed', to, reason: busy });
    expect(run(ask, { type: 'consultation-ended', problem: null }).transfer).toBeNull();
  });

  it('is not disturbed by the end of the second call once the caller is on the way', () => {
    const { transfer } = run(ask, complete, { type: 'consultation-ended', problem: null });
    expect(transfer).toMatchObject({ name: 'transferring' });
  });
});

describe('the word about a failed transfer', () => {
  it('is taken away by the person', () => {
    expect(run(now, outcome('failed'), { type: 'back-to-caller' }).transfer).toBeNull();
  });
});
