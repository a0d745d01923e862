// How well a text fits what is typed: for short lists of commands and settings, in any language.

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** 0: it begins with it; 1: a word does; 2: it is inside; 3: every typed word is somewhere in it or in `more`; null: no. */
export function rank(text: string, typed: string, more = ''): number | null {
  const wanted = fold(typed.trim());
  if (wanted === '') return 0;
  const label = fold(text);
  if (label.startsWith(wanted)) return 0;
  if (label.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted))) return 1;
  if (label.includes(wanted)) return 2;
  const all = `${label} ${fold(more)}`;
  return wanted.split(/\s+/).every((word) => all.includes(word)) ? 3 : null;
}

/** Those that fit, the best first, else in their order. */
export function ranked<T extends { label: string; hint?: string | undefined }>(
  items: readonly T[],
  typed: string,
): T[] {
  return items
    .map((item) => ({ item, rank: rank(item.label, typed, item.hint) }))
    .filter((one): one is { item: T; rank: number } => one.rank !== null)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
