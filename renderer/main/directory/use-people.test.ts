// What a page of people brings besides its rows.
import { expect, test } from 'vitest';
import { sameLetters } from './use-people.ts';

const letters = [
  { letter: 'A', index: 0 },
  { letter: 'N', index: 40 },
];

test('letters that came again are the same list, so that a page more does not measure 100,000 rows anew', () => {
  expect(sameLetters(letters, structuredClone(letters))).toBe(letters);
});

test.each([
  ['another place', [letters[0], { letter: 'N', index: 41 }]],
  ['another letter', [letters[0], { letter: 'M', index: 40 }]],
  ['fewer', [letters[0]]],
  ['more', [...letters, { letter: '#', index: 50 }]],
])('letters with %s take their place', (_what, come) => {
  const next = come.filter((letter) => letter !== undefined);
  expect(sameLetters(letters, next)).toBe(next);
});
