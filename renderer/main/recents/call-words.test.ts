// What the recent calls say of a call.
import { expect, test } from 'vitest';
import type { CallRecord } from '../../../contract/index.ts';
import { callIcon, callLength, callOutcome, outcomeWord, underDays } from './call-words.ts';

const noon = new Date(2026, 10, 22, 12).getTime();
const call = (change: Partial<CallRecord> = {}): CallRecord => ({
  id: 'a',
  accountId: 'work',
  direction: 'outgoing',
  name: 'Nora Keller',
  number: '4410',
  result: 'answered',
  startedAt: noon,
  connectedAt: noon + 4_000,
  endedAt: noon + 728_000,
  seen: true,
  ...change,
});
const unanswered = (result: CallRecord['result'], change: Partial<CallRecord> = {}): CallRecord => {
  const { connectedAt: _, ...rest } = call();
  return { ...rest, result, ...change };
};

test('a conversation is its length from the answer on', () => {
  expect(callOutcome(call())).toBe('12:04');
  expect(outcomeWord(call())).toBeNull();
});

test('what never was a conversation has words instead of a length', () => {
  expect(callLength(unanswered('no-answer'))).toBeNull();
  expect(callOutcome(unanswered('no-answer'))).toBe('No answer');
  expect(callOutcome(unanswered('busy'))).toBe('Busy');
  expect(callOutcome(unanswered('declined'))).toBe('Declined');
  expect(callOutcome(unanswered('answered-elsewhere'))).toBe('Answered elsewhere');
});

test('a failed call says its reason inside a sentence', () => {
  const reason = 'This number does not exist.';
  expect(outcomeWord(unanswered('failed', { reason }))).toBe('Not connected: this number does not exist');
  expect(outcomeWord(unanswered('failed', { reason: 'SIP server is full' }))).toBe('Not connected: SIP server is full');
  expect(outcomeWord(unanswered('failed'))).toBe('Not connected');
});

test('a missed call of a number without a name says how long it rang', () => {
  const { name: _, ...nameless } = unanswered('missed', { direction: 'incoming', endedAt: noon + 14_000 });
  expect(outcomeWord(nameless)).toBe('Missed, rang 14 s');
  expect(outcomeWord(unanswered('missed'))).toBe('Missed');
});

test('missed, failed and answered elsewhere have icons of their own, the others point in or out', () => {
  expect(callIcon(unanswered('missed'))).toBe('phone-missed');
  expect(callIcon(unanswered('failed'))).toBe('triangle-alert');
  expect(callIcon(unanswered('answered-elsewhere'))).toBe('users');
  expect(callIcon(call())).toBe('phone-outgoing');
  expect(callIcon(unanswered('declined', { direction: 'incoming' }))).toBe('phone-incoming');
});

test('calls stand under their day, in the order given', () => {
  const yesterday = noon - 86_400_000;
  const items = underDays([call({ id: 'a' }), call({ id: 'b' }), call({ id: 'c', startedAt: yesterday })]);
  expect(items.map((item) => (item.kind === 'day' ? 'day' : item.record.id))).toEqual(['day', 'a', 'b', 'day', 'c']);
});
