// What is found by what is typed, and in which order.
import { expect, test } from 'vitest';
import { rank, ranked } from './rank.ts';

test('the beginning counts most, then the beginning of a word, then the inside, then the words around', () => {
  expect(rank('Mute', 'mu')).toBe(0);
  expect(rank('Ring volume', 'vol')).toBe(1);
  expect(rank('Do not disturb', 'sturb')).toBe(2);
  expect(rank('Busylight', 'kuando', 'Kuando, Luxafor or Embrava')).toBe(3);
  expect(rank('Mute', 'hold')).toBeNull();
});

test('accents and case do not matter, and nothing typed finds everything', () => {
  expect(rank('Réglages', 'regl')).toBe(0);
  expect(ranked([{ label: 'B' }, { label: 'A' }], '').map(({ label }) => label)).toEqual(['B', 'A']);
});
