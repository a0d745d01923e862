// The call machine, race by race, without a socket.
import { describe, expect, it } from 'vitest';
import type { CallResult } from '../../contract/index.ts';
import { incomingCall, next, outgoingCall } from './call.ts';
import type { CallEffect, CallEvent, CallModel } from './call-model.ts';

const party = { number: '600', uri: 'sip:600@example.com' };
const out = () => outgoingCall({ id: 'c1', accountId: 'a1', party, at: 1000 });
const incoming = (lateOffer = false) => incomingCall({ id: 'c2', accountId: 'a1', party, at: 1000, lateOffer });

/** Runs events one after the other; returns the call and every effect on the way. */
function run([start, first]: readonly [CallModel, readonly CallEffect[]], ...events: CallEvent[]) {
  let call = start;
  const effects = [...first];
  for (const event of events) {
    const [after, more] = next(call, event);
    call = after;
    effects.push(...more);
  }
  return { call, effects, names: effects.map((effect) => effect.type), phase: call.view.phase };
}

const offer: CallEvent = { type: 'offer-ready', sdp: 'offer' };
const ringing: CallEvent = { type: 'progress', status: 180, sdp: null };
const early: CallEvent = { type: 'progress', status: 183, sdp: 'early' };
const accepted: CallEvent = { type: 'accepted', sdp: 'answer', at: 2000 };
const hangUp: CallEvent = { type: 'hang-up', at: 3000 };
const ended = (
  result: 'completed' | 'busy' | 'declined' | 'no-answer' | 'cancelled' | 'answered-elsewhere' | 'failed',
  by: 'us' | 'them' | 'network' = 'them',
  canFallBack = false,
): CallEvent => ({ type: 'session-ended', end: { by, result, reason: null }, at: 4000, canFallBack });

function resultOf(call: CallModel): CallResult | null {
  return call.view.phase.name === 'ended' ? call.view.phase.result : null;
}

describe('ports that changed under a call', () => {
  const needed: CallEvent = { type: 'reoffer-needed' };

  it('are offered at once when it is connected', () => {
    const { names } = run(out(), offer, accepted, needed);
    expect(names.at(-1)).toBe('refresh');
  });

  it('are offered as soon as it is connected when they changed before', () => {
    const { names } = run(out(), offer, ringing, needed, accepted, needed);
    expect(names.filter((name) => name === 'refresh')).toHaveLength(2);
    expect(run(out(), offer, ringing, needed).names).not.toContain('refresh');
  });

  it('take the problem away when they were accepted, and leave one when they were not', () => {
    const stopped = { code: 'media-engine-stopped', message: 'It stopped.' };
    const lost = { code: 'sound-lost', message: 'It is lost.' };
    const broken = run(out(), offer, accepted, { type: 'media-problem', problem: stopped }, needed);
    expect(run([broken.call, []], { type: 'refreshed', problem: null }).call.view.problem).toBeNull();
    expect(run([broken.call, []], { type: 'refreshed', problem: lost }).call.view.problem).toEqual(lost);
  });
});

describe('an outgoing call', () => {
  it('asks media for an offer, then invites with it', () => {
    const { names, phase } = run(out(), offer);
    expect(names).toEqual(['create-offer', 'invite']);
    expect(phase).toEqual({ name: 'calling' });
  });

  it('plays ring-back on 180 and stops it when answered', () => {
    const { effects, phase } = run(out(), offer, ringing, accepted);
    expect(effects).toContainEqual({ type: 'ring-back', on: true });
    expect(effects.findLast((effect) => effect.type === 'ring-back')).toEqual({ type: 'ring-back', on: false });
    expect(phase).toEqual({ name: 'connected', since: 2000, hold: { byUs: false, byThem: false, since: null } });
  });

  it('lets early media speak instead of our ring-back, and keeps it through a later 180 without SDP', () => {
    const { effects, phase } = run(out(), offer, ringing, early, ringing);
    expect(effects.filter((effect) => effect.type === 'ring-back')).toEqual([
      { type: 'ring-back', on: true },
      { type: 'ring-back', on: false },
    ]);
    expect(phase).toEqual({ name: 'ringing', earlyMedia: true });
  });

  it('that never rang was not left unanswered: there is no phone, and that is said', () => {
    const offline: CallEvent = {
      type: 'session-ended',
      end: { by: 'them', result: 'no-answer', status: 480, reason: null },
      at: 4000,
      canFallBack: false,
    };
    expect(run(out(), offer, offline).phase).toMatchObject({
      name: 'ended',
      result: 'failed',
      reason: { code: 'not-reachable' },
    });
    expect(run(out(), offer, ringing, offline).phase).toMatchObject({
      name: 'ended',
      result: 'no-answer',
      reason: null,
    });
  });

  it('hung up before the offer is ready never sends an INVITE', () => {
    const { names, call } = run(out(), hangUp, offer);
    expect(names).not.toContain('invite');
    expect(resultOf(call)).toBe('cancelled');
    expect(names).toContain('close-media');
  });

  it('hung up while ringing ends the session once and is recorded once', () => {
    const { names, call } = run(out(), offer, ringing, hangUp, ended('cancelled', 'us'), accepted);
    expect(names.filter((name) => name === 'end-session')).toHaveLength(1);
    expect(names.filter((name) => name === 'record')).toHaveLength(1);
    expect(resultOf(call)).toBe('cancelled');
  });

  it('tries again with another offer when the first kind of media is refused', () => {
    const { names, phase } = run(out(), offer, ended('failed', 'them', true), offer);
    expect(names).toEqual(['create-offer', 'invite', 'create-offer', 'invite']);
    expect(phase.name).toBe('calling');
  });

  it('answered without SDP and without early media says so and ends', () => {
    const { call, names } = run(out(), offer, { type: 'accepted', sdp: null, at: 2000 });
    expect(resultOf(call)).toBe('failed');
    expect(names).toContain('end-session');
  });

  it('answered without SDP after early media goes on with that media', () => {
    const { phase } = run(out(), offer, early, { type: 'accepted', sdp: null, at: 2000 });
    expect(phase.name).toBe('connected');
  });

  it.each([
    ['busy', 'busy'],
    ['declined', 'declined'],
    ['no-answer', 'no-answer'],
    ['failed', 'failed'],
    ['answered-elsewhere', 'failed'],
  ] as const)('that ends as %s is recorded as %s', (end, result) => {
    expect(resultOf(run(out(), offer, ringing, ended(end)).call)).toBe(result);
  });

  it('muted while ringing is muted when answered', () => {
    const { effects } = run(out(), offer, ringing, { type: 'mute', on: true }, accepted);
    expect(effects.filter((effect) => effect.type === 'set-muted')).toHaveLength(2);
  });
});

describe('an incoming call', () => {
  it('answered makes an answer, and accepts with it', () => {
    const { names, phase } = run(incoming(), { type: 'answer' }, { type: 'answer-ready', sdp: 'answer' });
    expect(names).toEqual(['create-answer', 'accept']);
    expect(phase.name).toBe('answering');
  });

  it('with a late offer is accepted with our offer and takes their answer', () => {
    const { effects } = run(
      incoming(true),
      { type: 'answer' },
      offer,
      { type: 'accepted', sdp: null, at: 2000 },
      { type: 'late-answer', sdp: 'theirs', at: 2001 },
    );
    expect(effects).toContainEqual({ type: 'accept', sdp: 'offer' });
    expect(effects).toContainEqual({ type: 'set-answer', sdp: 'theirs' });
  });

  it('given up by the caller while we answer is missed, and the answer is not sent', () => {
    const { names, call } = run(incoming(), { type: 'answer' }, ended('cancelled'), { type: 'answer-ready', sdp: 'x' });
    expect(names).not.toContain('accept');
    expect(resultOf(call)).toBe('missed');
  });

  it('answered twice (click and headset) makes one answer', () => {
    expect(run(incoming(), { type: 'answer' }, { type: 'answer' }).names).toEqual(['create-answer']);
  });

  it('declined is refused with 603 and is not missed', () => {
    const { effects, call } = run(incoming(), { type: 'decline', at: 3000 });
    expect(effects).toContainEqual({ type: 'reject', status: 603 });
    expect(resultOf(call)).toBe('declined');
  });

  it('answered elsewhere is not missed', () => {
    expect(resultOf(run(incoming(), ended('answered-elsewhere')).call)).toBe('answered-elsewhere');
  });

  it('without a common codec is refused with 488', () => {
    const problem = { code: 'no-common-codec', message: 'No common codec.' };
    const { effects } = run(incoming(), { type: 'answer' }, { type: 'media-failed', problem, at: 2000 });
    expect(effects).toContainEqual({ type: 'reject', status: 488 });
  });

  it('silenced stays, and rings again when asked', () => {
    const silenced = run(incoming(), { type: 'silence', on: true });
    expect(silenced.phase).toEqual({ name: 'incoming', silenced: true });
    const again = next(silenced.call, { type: 'silence', on: false })[0];
    expect(again.view.phase).toEqual({ name: 'incoming', silenced: false });
  });
});

describe('hold', () => {
  const connected = () => [run(out(), offer, accepted).call, []] as const;

  it('is shown at once and offered to the other side', () => {
    const { phase, names } = run(connected(), { type: 'hold', on: true, at: 2500 });
    expect(phase).toMatchObject({ hold: { byUs: true, byThem: false } });
    expect(names).toEqual(['reoffer']);
  });

  it('is taken back with a sentence when the other side refuses', () => {
    const problem = { code: 'hold-failed', message: 'Not accepted.' };
    const { phase, call } = run(
      connected(),
      { type: 'hold', on: true, at: 2500 },
      { type: 'hold-settled', on: true, problem, at: 2700 },
    );
    expect(phase).toMatchObject({ hold: { byUs: false } });
    expect(call.view.problem).toEqual(problem);
  });

  it('pressed twice while the first is on its way sends one re-INVITE', () => {
    const { names } = run(connected(), { type: 'hold', on: true, at: 2500 }, { type: 'hold', on: false, at: 2600 });
    expect(names).toEqual(['reoffer']);
  });

  it('by them is shown apart from ours', () => {
    const { phase } = run(
      connected(),
      { type: 'held-by-them', held: true, at: 2400 },
      { type: 'hold', on: true, at: 2500 },
    );
    expect(phase).toMatchObject({ hold: { byUs: true, byThem: true, since: 2400 } });
  });
});

describe('the end', () => {
  it('is final: nothing changes an ended call', () => {
    const { call } = run(out(), offer, accepted, ended('completed'));
    const events: CallEvent[] = [
      accepted,
      ringing,
      hangUp,
      { type: 'hold', on: true, at: 2500 },
      { type: 'mute', on: true },
      { type: 'answer' },
    ];
    for (const event of events) expect(next(call, event)).toEqual([call, []]);
  });

  it('of a connected call is recorded as answered, with its times', () => {
    const { effects } = run(out(), offer, accepted, ended('completed'));
    const record = effects.find((effect) => effect.type === 'record');
    expect(record).toMatchObject({ record: { result: 'answered', startedAt: 1000, connectedAt: 2000, endedAt: 4000 } });
  });
});
