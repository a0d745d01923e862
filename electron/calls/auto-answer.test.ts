// Auto-answer: nobody who was not allowed, whatever they ask for.
import { describe, expect, it } from 'vitest';
import { autoAnswerAfter, type AutoAnswerPreferences, type Caller } from './auto-answer.ts';

const on: AutoAnswerPreferences = {
  autoAnswer: true,
  autoAnswerCallers: ['4410', 'door@example.com'],
  autoAnswerSeconds: 3,
};
const caller: Caller = {
  number: '4410',
  uri: 'sip:4410@example.com',
  asserted: true,
  anonymous: false,
  direct: false,
  wantsAfter: undefined,
};

describe('the phone answers by itself', () => {
  it('after its own time, or the time that an allowed caller asks for', () => {
    expect(autoAnswerAfter(on, caller)).toBe(3000);
    expect(autoAnswerAfter(on, { ...caller, wantsAfter: 0 })).toBe(0);
    expect(autoAnswerAfter(on, { ...caller, wantsAfter: 9999 })).toBe(60_000);
  });

  it('for an address as well as for a number', () => {
    expect(autoAnswerAfter(on, { ...caller, number: 'door@example.com', uri: 'sip:Door@example.com;x=1' })).toBe(3000);
  });

  it.each<[string, AutoAnswerPreferences, Partial<Caller>]>([
    ['while it is off', { ...on, autoAnswer: false }, {}],
    ['for nobody when nobody is allowed', { autoAnswer: true }, { wantsAfter: 0 }],
    ['for another number', on, { number: '14410', uri: 'sip:14410@example.com', wantsAfter: 0 }],
    ['for the same number of another company', on, { number: '4410@else.example', uri: 'sip:4410@else.example' }],
    ['for a caller who hides', on, { anonymous: true }],
    ['for a caller who does not come through the server', on, { direct: true }],
  ])('not %s', (_when, preferences, change) => {
    expect(autoAnswerAfter(preferences, { ...caller, ...change })).toBeNull();
  });
});
