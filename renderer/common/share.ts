// Structural sharing: a snapshot that crossed a process border is all new objects, though little in it changed.

/** `next`, with every part that equals its place in `previous` taken from there, so that `===` tells what changed. */
export function share<T>(previous: unknown, next: T): T;
export function share(previous: unknown, next: unknown): unknown {
  if (Object.is(previous, next)) return previous;
  if (Array.isArray(previous) && Array.isArray(next)) {
    const parts = next.map((item, index) => share(previous[index], item));
    const isSame = parts.length === previous.length && parts.every((part, index) => part === previous[index]);
    return isSame ? previous : parts;
  }
  if (isRecord(previous) && isRecord(next)) {
    const keys = Object.keys(next);
    const parts = Object.fromEntries(keys.map((key) => [key, share(previous[key], next[key])]));
    const isSame = keys.length === Object.keys(previous).length && keys.every((key) => parts[key] === previous[key]);
    return isSame ? previous : parts;
  }
  return next;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Equal, or objects whose own values are `===`: for selectors that make a small object. */
export function isShallowEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => Object.is(item, b[i]));
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.is(a[key], b[key]));
}
