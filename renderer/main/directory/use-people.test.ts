// What a page of people brings besides its rows.
import { expect, test } from 'vitest';
import { mostPages, nearest, sameLetters } from './use-people.ts';

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

test('of all pages that were scrolled through, those around the last one are kept', () => {
  const scrolled = Array.from({ length: 1000 }, (_, page) => page);
  let pages: ReadonlyMap<number, string> = new Map();
  for (const page of [...scrolled, 3]) pages = nearest(page, new Map(pages).set(page, `rows of ${page}`));
  expect(pages.size).toBe(mostPages);
  expect(pages.get(3)).toBe('rows of 3');
  expect(pages.has(999)).toBe(false);
});
