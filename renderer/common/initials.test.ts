// Initials and hue of an avatar.
import { expect, test } from 'vitest';
import { hue, initials } from './initials.ts';

test('a name gives the first letters of its first and last word', () => {
  expect(initials('Nora Keller')).toBe('NK');
  expect(initials('Ludwig van der Rohe')).toBe('LR');
  expect(initials('Zoë Éclair')).toBe('ZÉ');
});

test('one word gives its first two letters', () => {
  expect(initials('Reception')).toBe('RE');
});

test('a company goes by its name, not by its legal form', () => {
  expect(initials('Kellermann Bürotechnik GmbH')).toBe('KB');
  expect(initials('Bergmann & Söhne')).toBe('BS');
});

test('a number has no initials', () => {
  expect(initials('+41 44 123 45 67')).toBe('');
  expect(initials('')).toBe('');
});

test('a letter outside of the basic plane is not cut in two', () => {
  expect(initials('𐐀bel 𐐁don')).toBe('𐐀𐐁');
});

test('the hue is that of the design, and always the same', () => {
  expect(['Nora Keller', 'Tom Weber', 'Aisha Rahman', 'Luca Moretti', 'Sofia Ibarra', 'Reception'].map(hue)).toEqual([
    1, 3, 4, 2, 5, 6,
  ]);
});

test('a company has no hue', () => {
  expect(hue('Bergmann & Söhne')).toBe(0);
  expect(hue('Kellermann Bürotechnik GmbH')).toBe(0);
});

test('hues are spread over all six', () => {
  const hues = new Set(Array.from({ length: 200 }, (_, index) => hue(`Person ${index}`)));
  expect(hues).toEqual(new Set([1, 2, 3, 4, 5, 6]));
});
