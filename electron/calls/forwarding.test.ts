// Forwarding, case by case.
import { describe, expect, it } from 'vitest';
import { featureCode, forwardAtOnce, forwardLater, noForwarding, type Forwarding } from './forwarding.ts';

const target = (number: string) => ({ number, uri: `sip:${number}@example.com` });
const always: Forwarding = { ...noForwarding, targets: { always: target('1') } };
const busy: Forwarding = { ...noForwarding, targets: { busy: target('2') } };
const later: Forwarding = { targets: { 'no-answer': target('3') }, noAnswerAfter: 12_000 };

describe('a call that comes in', () => {
  it('goes on at once when all are forwarded, also while nobody is to be disturbed', () => {
    expect(forwardAtOnce(always, null)).toMatchObject({ to: { number: '1' }, reason: 'unconditional' });
    expect(forwardAtOnce(always, 'do-not-disturb')).toMatchObject({ reason: 'unconditional' });
  });

  it('goes on when the phone is busy or must not ring, and says which', () => {
    expect(forwardAtOnce(busy, null)).toBeNull();
    expect(forwardAtOnce(busy, 'busy')).toMatchObject({ to: { number: '2' }, reason: 'user-busy' });
    expect(forwardAtOnce(busy, 'do-not-disturb')).toMatchObject({ reason: 'do-not-disturb' });
  });

  it('is left to the device that rings for it', () => {
    expect(forwardAtOnce(always, 'rings-elsewhere')).toBeNull();
    expect(forwardAtOnce(busy, 'rings-elsewhere')).toBeNull();
  });

  it('goes on after its time when nobody answers', () => {
    expect(forwardLater(later)).toMatchObject({ to: { number: '3' }, reason: 'no-answer', after: 12_000 });
    expect(forwardLater(always)).toBeNull();
    expect(forwardAtOnce(later, 'busy')).toBeNull();
  });
});

describe('a feature code', () => {
  it('has the number where the server wants it, or at its end', () => {
    expect(featureCode('*21*{number}#', '044 123-45 67')).toBe('*21*0441234567#');
    expect(featureCode('*72', '4411')).toBe('*724411');
  });
});
