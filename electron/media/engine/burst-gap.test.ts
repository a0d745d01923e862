// The pattern of losses, as RFC 3611 appendix A.2 counts it.
import { describe, expect, it } from 'vitest';
import { BurstGap } from './burst-gap.ts';

/** Hears the numbers from 1 on that are not lost. */
function heard(count: number, lost: readonly number[], order: (numbers: number[]) => number[] = (same) => same) {
  const pattern = new BurstGap();
  const numbers = Array.from({ length: count }, (_, at) => at + 1).filter((number) => !lost.includes(number));
  for (const number of order(numbers)) pattern.hear(number);
  return pattern.pattern(20);
}

describe('a stream without a loss', () => {
  it('is one gap as long as the stream', () => {
    expect(heard(500, [])).toEqual({ burstDensity: 0, burstMs: 0, gapDensity: 0, gapMs: 10_000 });
  });

  it('is without a loss although packets change places', () => {
    const swapped = heard(500, [], (numbers) => numbers.map((_, at) => numbers[at ^ 1] ?? 0));
    expect(swapped).toMatchObject({ burstDensity: 0, gapDensity: 0 });
  });
});

describe('single losses far from each other', () => {
  it('are of the gap, no bursts', () => {
    const pattern = heard(1000, [200, 400, 600, 800]);
    expect(pattern.burstMs).toBe(0);
    expect(pattern.gapDensity).toBeGreaterThan(0.25);
    expect(pattern.gapDensity).toBeLessThan(0.45);
  });
});

describe('losses near each other', () => {
  it('are a burst, as dense as they are', () => {
    // Every second one of 40, in the middle of a thousand.
    const lost = Array.from({ length: 20 }, (_, at) => 500 + 2 * at);
    const pattern = heard(1000, lost);
    expect(pattern.burstDensity).toBeGreaterThan(40);
    expect(pattern.burstDensity).toBeLessThan(60);
    expect(pattern.burstMs).toBeGreaterThan(600);
    expect(pattern.burstMs).toBeLessThan(900);
    expect(pattern.gapDensity).toBe(0);
  });

  it('are counted over a new stream', () => {
    const pattern = new BurstGap();
    for (let number = 1; number <= 100; number++) if (number < 50 || number > 54) pattern.hear(number);
    const before = pattern.pattern(20);
    pattern.begin();
    for (let number = 40_000; number < 40_100; number++) pattern.hear(number);
    const after = pattern.pattern(20);
    expect(before.burstDensity).toBe(100);
    expect(after).toMatchObject({ burstDensity: 100, burstMs: before.burstMs });
    expect(after.gapMs).toBe(before.gapMs + 2000);
  });
});
