// What of the directory is drawn, by where it is scrolled to.
import { expect, test } from 'vitest';
import { flatList, letterHeight, rowHeight } from './flat-list.ts';
import { scrollTo, sightOf } from './use-in-sight.ts';

const list = flatList(1000, [
  { letter: 'A', index: 0 },
  { letter: 'B', index: 500 },
]);
const height = 10 * rowHeight;

test('places in sight are drawn, and some beside them, inside of the list', () => {
  expect(sightOf(list, { top: 0, height, more: 3 })).toEqual({ first: 0, last: 13, letter: 0 });
  const top = list.startOf(list.placeOf(500));
  expect(sightOf(list, { top, height, more: 0 })).toEqual({ first: 502, last: 511, letter: 1 });
  expect(sightOf(list, { top: list.height, height, more: 3 }).last).toBe(list.count - 1);
});

test('of an empty list nothing is drawn', () => {
  const { first, last } = sightOf(flatList(0, []), { top: 0, height, more: 3 });
  expect(last).toBeLessThan(first);
});

test('the list scrolls no further than shows the place, under the letter at the top', () => {
  const top = list.startOf(100);
  expect(scrollTo(list, 105, { top, height })).toBe(top);
  expect(scrollTo(list, 100, { top, height })).toBe(top - letterHeight);
  expect(scrollTo(list, 110, { top, height })).toBe(top + rowHeight);
});
