// What a person types becomes a list, or is refused as a whole.
import { expect, test } from 'vitest';
import { emergencyList } from './emergency-list.ts';

test('numbers are parted by commas, semicolons or blanks, and each counts once', () => {
  expect(emergencyList(' 112, 110;144 112 ')).toEqual(['112', '110', '144']);
  expect(emergencyList('')).toEqual([]);
});

test('what is no emergency number is refused, and nothing of the list is kept', () => {
  expect(emergencyList('112, police')).toBeNull();
  expect(emergencyList('1')).toBeNull();
  expect(emergencyList('+41441234567')).toBeNull();
  expect(emergencyList(Array.from({ length: 21 }, (_, i) => String(100 + i)).join(' '))).toBeNull();
});
