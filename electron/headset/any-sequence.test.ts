// Random presses, calls and delays on each headset: no wrong action, and lamps that equal the call. `npm run drill --
// headset-sequences` runs a thousand a headset, other ones each time; here they are always the same.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyLife, live } from './virtual/any-sequence.ts';
import { captured, capturedTitle, isTelephone, modelOf } from './virtual/captured.ts';
import { models } from './virtual/models.ts';

const lives = 20;
const seed = 1203;

async function judge(model: Parameters<typeof live>[0], alone: boolean, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(anyLife(alone), async (life) => {
      expect(await live(model, life)).toBeNull();
    }),
    { numRuns, seed },
  );
}

describe('random lives', () => {
  it.each(Object.entries(models))('of the %s shape', (_name, model) => judge(model, true, lives), 60_000);

  it.each(Object.entries(models).filter(([, model]) => model.behaviour.acknowledgeMs !== null))(
    'of the %s shape beside another program',
    (_name, model) => judge(model, false, lives),
    60_000,
  );
});

describe.skipIf(captured.length === 0)(capturedTitle, () => {
  const telephones = captured.filter(isTelephone).map((entry) => [entry.product, modelOf(entry)] as const);
  it.each(telephones)('of %s', (_product, model) => judge(model, true, 4), 60_000);
});
