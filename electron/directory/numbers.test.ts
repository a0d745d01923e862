// When two numbers are one.
import { expect, test } from 'vitest';
import { comparable, sameness, westernDigits } from './numbers.ts';

function compare(one: string, other: string): number {
  const a = comparable(one);
  const b = comparable(other);
  if (!a || !b) throw new Error('not a number');
  expect(sameness(a, b)).toBe(sameness(b, a));
  return sameness(a, b);
}

test.each([
  ['+41 44 123 45 67', '0041441234567', 3],
  ['+41 44 123 45 67', '+41441234567', 3],
  ['+41 44 123 45 67', '044 123 45 67', 2],
  ['+41 44 123 45 67', '441234567', 2],
  ['+7 495 123-45-67', '8 (495) 123-45-67', 2],
  ['+36 1 234 5678', '06 1 234 5678', 2],
  ['+39 06 1234 5678', '06 1234 5678', 2],
  ['+1 415 555 2671', '(415) 555-2671', 2],
  ['+1 415 555 2671', '1 415 555 2671', 3],
  ['+352 26 12 34', '261234', 2],
  ['044 123 45 67', '441234567', 1],
  ['9 0044 123 45 67', '+41 44 123 45 67', 1],
  ['4410', '4410', 3],
])('%s and %s are the same (%i)', (one, other, expected) => {
  expect(compare(one, other)).toBe(expected);
});

test.each([
  ['+41 44 123 45 67', '+49 44 123 45 67'],
  ['49441234567', '+41441234567'],
  ['4410', '+41 44 123 44 10'],
  ['4410', '4411'],
  ['4410', '14410'],
  ['044 123 45 67', '031 123 45 67'],
  ['1234567', '+41 44 123 45 67'],
])('%s and %s are not the same', (one, other) => {
  expect(compare(one, other)).toBe(0);
});

test('digits of every script are read', () => {
  expect(westernDigits('٠١٢٣٤٥٦٧٨٩ ०१२३४५६७८९ ０９ ๐๙ 𝟎𝟗')).toBe('0123456789 0123456789 09 09 09');
});
