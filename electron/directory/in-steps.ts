// Sorting many in short steps, between which others get their turn.

/** How many are sorted, merged or listed in one step: about a millisecond. */
export const inOneStep = 2000;

/** Returns them in order; equal ones stay as they were. `compare` is as for `Array.sort`. */
export function* sorting<T extends object | string>(
  list: readonly T[],
  compare: (a: T, b: T) => number,
): Generator<void, T[]> {
  let runs: T[][] = [];
  for (let from = 0; from < list.length; from += inOneStep) {
    runs.push(list.slice(from, from + inOneStep).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const longer: T[][] = [];
    for (let at = 0; at < runs.length; at += 2)
      longer.push(yield* merging(runs[at] ?? [], runs[at + 1] ?? [], compare));
    runs = longer;
  }
  return runs[0] ?? [];
}

function* merging<T extends object | string>(
  left: readonly T[],
  right: readonly T[],
  compare: (a: T, b: T) => number,
): Generator<void, T[]> {
  const merged: T[] = [];
  let next = 0;
  let yielded = 0;
  for (const one of left) {
    for (let other = right[next]; other !== undefined && compare(other, one) < 0; other = right[next]) {
      merged.push(other);
      next += 1;
    }
    merged.push(one);
    if (merged.length - yielded < inOneStep) continue;
    yielded = merged.length;
    yield;
  }
  for (; next < right.length; next += 1) {
    const other = right[next];
    if (other !== undefined) merged.push(other);
  }
  return merged;
}
