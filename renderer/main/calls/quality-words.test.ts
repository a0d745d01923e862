// The word for a call's sound, and when there is none.
import { describe, expect, it } from 'vitest';
import { newCall, type Call, type CallQuality } from '../../../contract/index.ts';
import { qualityDetails, qualityWord, shownQuality } from './quality-words.ts';

const quality = (mos: number): CallQuality => ({ lossIn: 1.25, lossOut: null, jitter: 3.4, roundTrip: 24.2, mos });

function call(hold: { byUs?: boolean; byThem?: boolean }, phase?: Call['phase']): Call {
  const connected = {
    name: 'connected',
    since: 0,
    hold: { byUs: false, byThem: false, since: null, ...hold },
  } as const;
  const party = { number: '1', uri: 'sip:1@a.test' };
  const base = { id: 'c', accountId: 'a', direction: 'outgoing', party, startedAt: 0 } as const;
  return { ...newCall({ ...base, phase: phase ?? connected }), quality: quality(4.4) };
}

describe('the word', () => {
  it.each([
    [4.4, 'good'],
    [4, 'good'],
    [3.9, 'fair'],
    [3.6, 'fair'],
    [3.5, 'poor'],
    [1, 'poor'],
  ])('of a score of %s is %s', (mos, word) => expect(qualityWord(quality(mos))).toBe(word));

  it('is measuring before the first seconds', () => {
    expect(qualityWord(null)).toBe('measuring');
  });
});

describe('the meter', () => {
  it('is there in a conversation only', () => {
    expect(shownQuality(call({}))?.word).toBe('good');
    expect(shownQuality(call({ byUs: true }))).toBeNull();
    expect(shownQuality(call({ byThem: true }))).toBeNull();
    expect(shownQuality(call({}, { name: 'calling' }))).toBeNull();
  });

  it('says where the other side reports nothing', () => {
    expect(qualityDetails(quality(4.41)).map(({ value }) => value)).toEqual([
      '4.4',
      '1.3 %',
      'They do not say',
      '3 ms',
      '24 ms',
    ]);
  });
});
