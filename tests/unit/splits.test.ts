// The short form of what `npm run drill -- torture` does to streams: cuts in the small messages, pairs of some.
import { expect, test } from 'vitest';
import { abuseCases, tortureCases } from '../drills/support/hostile-cases.ts';
import { gluedInPairs, splitEverywhere } from '../drills/support/splits.ts';

const small = [...tortureCases(), ...abuseCases()].map((one) => one.bytes).filter((bytes) => bytes.length < 500);

test('messages cut at any byte are the same', () => {
  const { cuts, cutsOk } = splitEverywhere(small);
  expect(cuts).toBeGreaterThan(5000);
  expect(cutsOk).toBe(cuts);
});

test('messages glued in pairs come apart', () => {
  const { pairs, pairsOk } = gluedInPairs(small.filter((_bytes, index) => index % 3 === 0));
  expect(pairs).toBeGreaterThan(100);
  expect(pairsOk).toBe(pairs);
});
