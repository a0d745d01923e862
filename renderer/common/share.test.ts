// Structural sharing of snapshots.
import { expect, test } from 'vitest';
import { isShallowEqual, share } from './share.ts';

test('an equal snapshot is the old one', () => {
  const old = { calls: [{ id: 'a', party: { number: '1' } }], ready: true };
  expect(share(old, structuredClone(old))).toBe(old);
});

test('what did not change keeps its identity beside what did', () => {
  const old = {
    accounts: [{ id: 'work' }],
    calls: [
      { id: 'a', muted: false },
      { id: 'b', muted: false },
    ],
  };
  const next = structuredClone(old);
  const [first] = next.calls;
  if (first) first.muted = true;
  const shared = share(old, next);
  expect(shared).toEqual(next);
  expect(shared.accounts).toBe(old.accounts);
  expect(shared.calls).not.toBe(old.calls);
  expect(shared.calls[1]).toBe(old.calls[1]);
});

test('a list that shrank, and a field that went away, are changes', () => {
  expect(share([1, 2], [1])).toEqual([1]);
  expect(share({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
  expect(share({ a: null }, { a: {} })).toEqual({ a: {} });
});

test('small objects are compared by their own values', () => {
  expect(isShallowEqual({ a: 1 }, { a: 1 })).toBe(true);
  expect(isShallowEqual({ a: 1 }, { a: 1, b: undefined })).toBe(false);
  expect(isShallowEqual([1, {}], [1, {}])).toBe(false);
});
