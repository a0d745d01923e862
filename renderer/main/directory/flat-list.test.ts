// The directory as a flat list of letters and people.
import { expect, test } from 'vitest';
import { flatList, letterHeight, rowHeight, thinned } from './flat-list.ts';

const letters = [
  { letter: 'A', index: 0 },
  { letter: 'B', index: 2 },
  { letter: 'C', index: 5 },
];

test('a letter stands before the first person filed under it', () => {
  const list = flatList(6, letters);
  expect(list.count).toBe(9);
  const drawn = Array.from({ length: list.count }, (_, place) => list.at(place)).map((item) =>
    item.kind === 'letter' ? item.letter : item.index,
  );
  expect(drawn).toEqual(['A', 0, 1, 'B', 2, 3, 4, 'C', 5]);
});

test('each person is found where they stand', () => {
  const list = flatList(6, letters);
  for (let index = 0; index < 6; index += 1) expect(list.at(list.placeOf(index))).toEqual({ kind: 'person', index });
});

test('the letter above is the last one that began', () => {
  const list = flatList(6, letters);
  expect(list.letterAbove(0)).toBe(0);
  expect(list.letterAbove(2)).toBe(0);
  expect(list.letterAbove(3)).toBe(1);
  expect(list.letterAbove(8)).toBe(2);
});

test('each height in the list belongs to the place that covers it', () => {
  const list = flatList(6, letters);
  expect(list.height).toBe(3 * letterHeight + 6 * rowHeight);
  for (let place = 0; place < list.count; place += 1) {
    expect(list.placeAt(list.startOf(place))).toBe(place);
    expect(list.placeAt(list.startOf(place + 1) - 1)).toBe(place);
  }
  expect(list.placeAt(-5)).toBe(0);
  expect(list.placeAt(list.height + 5)).toBe(list.count - 1);
  expect(flatList(3, []).placeAt(rowHeight)).toBe(1);
});

test('a list without letters is its people', () => {
  const list = flatList(3, []);
  expect(list.count).toBe(3);
  expect(list.at(2)).toEqual({ kind: 'person', index: 2 });
  expect(list.letterAbove(2)).toBe(-1);
});

test('letters past the end of a list that shrank are left out', () => {
  const list = flatList(2, letters);
  expect(list.count).toBe(3);
});

test('a short rail keeps the first and the last letter', () => {
  const all = 'ABCDEFGHIJ'.split('').map((letter, index) => ({ letter, index }));
  const few = thinned(all, 4).map(({ letter }) => letter);
  expect(few).toHaveLength(4);
  expect(few[0]).toBe('A');
  expect(few.at(-1)).toBe('J');
  expect(thinned(all, 20)).toHaveLength(10);
  expect(thinned(all, 0)).toEqual([]);
});
