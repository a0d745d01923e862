// The directory as one flat list: people in order, with a letter before the first person filed under it.

/** Heights of the design, px. */
export const rowHeight = 48;
export const letterHeight = 24;

export interface Letter {
  letter: string;
  /** Index of its first person. */
  index: number;
}

export type FlatItem = { kind: 'letter'; letter: string } | { kind: 'person'; index: number };

export interface FlatList {
  /** Letters and people together. */
  count: number;
  /** Places of the letters, in order. */
  letterPlaces: readonly number[];
  at: (place: number) => FlatItem;
  /** Where a person stands. */
  placeOf: (personIndex: number) => number;
  /** The letter that a place stands under; -1 before the first. */
  letterAbove: (place: number) => number;
  /** px */
  height: number;
  /** Where a place begins, px. */
  startOf: (place: number) => number;
  /** The place that covers this height, px; the first or last where there is none. */
  placeAt: (offset: number) => number;
}

/** Letters that claim people past the total are left out (the list may just have shrunk). */
export function flatList(total: number, letters: readonly Letter[]): FlatList {
  const used = letters.filter(({ index }) => index < total);
  const letterPlaces = used.map(({ index }, position) => index + position);
  const letterAbove = (place: number) => lastAtMost(letterPlaces, place);
  const startOf = (place: number) => {
    const lettersBefore = letterAbove(place - 1) + 1;
    return lettersBefore * letterHeight + (place - lettersBefore) * rowHeight;
  };
  const letterStarts = letterPlaces.map(startOf);
  const count = total + used.length;
  return {
    count,
    letterPlaces,
    letterAbove,
    height: startOf(count),
    startOf,
    placeAt(offset) {
      const above = lastAtMost(letterStarts, offset);
      const [from, start] = [letterPlaces[above], letterStarts[above]];
      const place =
        from === undefined || start === undefined
          ? Math.floor(offset / rowHeight)
          : from + Math.max(Math.floor((offset - start - letterHeight) / rowHeight) + 1, 0);
      return Math.min(Math.max(place, 0), Math.max(count - 1, 0));
    },
    at(place) {
      const above = letterAbove(place);
      const letter = used[above];
      if (letter && letterPlaces[above] === place) return { kind: 'letter', letter: letter.letter };
      return { kind: 'person', index: place - (above + 1) };
    },
    placeOf(personIndex) {
      const above = lastAtMost(
        used.map(({ index }) => index),
        personIndex,
      );
      return personIndex + above + 1;
    },
  };
}

/** Index of the last value not above the limit, in a sorted list; -1: none. */
function lastAtMost(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** At most `most` letters, the first and last among them: for a rail that is short of room. */
export function thinned(letters: readonly Letter[], most: number): Letter[] {
  if (letters.length <= most) return [...letters];
  if (most < 2) return letters.slice(0, Math.max(most, 0));
  const step = (letters.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, place) => letters[Math.round(place * step)]).filter(
    (letter) => letter !== undefined,
  );
}
