// What fuzzing once found, and a little fuzzing more: `npm run drill -- fuzz` does it for minutes.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMutator, seededRandom } from '../drills/support/fuzz-mutate.ts';
import { fuzzTargets } from '../drills/support/fuzz-targets.ts';

describe.each(fuzzTargets)('$name', (target) => {
  const folder = new URL(`../fixtures/fuzz-finds/${target.name}/`, import.meta.url);
  const finds = existsSync(folder) ? readdirSync(folder) : [];

  test.each(finds)('holds for %s', (file) => {
    expect(() => target.run(readFileSync(new URL(file, folder)))).not.toThrow();
  });

  test('holds for its seeds and for some hundred changes to them', () => {
    const seeds = target.seeds();
    for (const seed of seeds) target.run(seed);
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const longest = Math.min(target.longest, 4096);
        const mutate = createMutator({ random: seededRandom(seed), words: target.words, longest });
        target.run(mutate(seeds));
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
