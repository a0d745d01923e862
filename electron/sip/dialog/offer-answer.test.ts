import { describe, expect, it } from 'vitest';
import { OfferAnswer } from './offer-answer.ts';

describe('offer and answer', () => {
  it('settle once both are known, and then either side may offer', () => {
    const state = new OfferAnswer();
    state.offer('ours');
    expect(state.settled).toBe(false);
    state.answered('theirs');
    expect([state.settled, state.local, state.remote, state.refusal]).toEqual([true, 'ours', 'theirs', null]);
    state.offered('theirs 2');
    state.answer('ours 2');
    expect([state.local, state.remote]).toEqual(['ours 2', 'theirs 2']);
  });

  it('that are refused leave what was in force', () => {
    const state = new OfferAnswer();
    state.offer('ours');
    state.answered('theirs');
    state.offer('ours 2');
    state.refused();
    expect([state.state, state.local, state.remote]).toEqual(['idle', 'ours', 'theirs']);
  });

  it('an offer that meets ours gets 491, one on top of theirs 500 (RFC 3311 5.2)', () => {
    const state = new OfferAnswer();
    state.offer('ours');
    expect(state.refusal).toBe(491);
    state.answered('theirs');
    state.offered('theirs 2');
    expect(state.refusal).toBe(500);
  });
});
