// How a call looks in each of its phases.
import { describe, expect, it } from 'vitest';
import { newCall, type Call, type CallPhase } from '../../../contract/index.ts';
import { arrange, lookOf } from './call-look.ts';

const call = (id: string, phase: CallPhase, muted = false): Call => {
  const party = { number: '4410', uri: 'sip:4410@example.com' };
  return { ...newCall({ id, accountId: 'work', direction: 'outgoing', party, phase, startedAt: 0 }), muted };
};
const connected = (byUs = false, byThem = false): CallPhase => ({
  name: 'connected',
  since: 5,
  hold: { byUs, byThem, since: byUs || byThem ? 7 : null },
});

describe('the look of a call', () => {
  it('says conference where calls hear each other, and muted before that', () => {
    expect(lookOf({ ...call('a', connected()), joined: true }).state).toBe('conference');
    expect(lookOf({ ...call('a', connected(), true), joined: true }).state).toBe('muted');
    expect(lookOf({ ...call('a', connected(true)), joined: true }).state).toBe('onHold');
  });

  it('is ink only where your voice goes', () => {
    expect(lookOf(call('a', connected()))).toEqual({ tone: 'ink', state: 'connected', since: 5 });
    expect(lookOf(call('a', { name: 'calling' })).tone).toBe('paper');
    expect(lookOf(call('a', connected(true))).tone).toBe('held');
  });

  it('says Muted while connected, but On hold once it is held', () => {
    expect(lookOf(call('a', connected(), true)).state).toBe('muted');
    expect(lookOf(call('a', connected(true), true)).state).toBe('onHold');
  });

  it('says whose hold it is, ours first', () => {
    expect(lookOf(call('a', connected(false, true))).state).toBe('onHoldByThem');
    expect(lookOf(call('a', connected(true, true))).state).toBe('onHold');
  });

  it('names how it ended', () => {
    const ended = (result: 'busy' | 'answered' | 'no-answer'): CallPhase => ({
      name: 'ended',
      at: 9,
      result,
      reason: null,
    });
    expect(lookOf(call('a', ended('busy'))).state).toBe('busy');
    expect(lookOf(call('a', ended('no-answer'))).state).toBe('noAnswer');
    expect(lookOf(call('a', ended('answered')))).toEqual({ tone: 'paper', state: 'ended', since: null });
  });
});

describe('the dock', () => {
  const held = call('held', connected(true));
  const live = call('live', connected());
  const incoming = call('incoming', { name: 'incoming', silenced: false });

  it('puts the active call first, whatever its age', () => {
    expect(arrange([held, live], 'live')).toEqual({ waiting: [], active: live, others: [held] });
  });

  it('keeps who waits apart from the call that goes on', () => {
    expect(arrange([live, incoming], 'live')).toEqual({ waiting: [incoming], active: live, others: [] });
  });

  it('gives the full card to a call that goes on rather than to one that ended', () => {
    const gone = call('gone', { name: 'ended', at: 1, result: 'busy', reason: null });
    expect(arrange([gone, held], null).active).toBe(held);
    expect(arrange([gone], null).active).toBe(gone);
  });
});
