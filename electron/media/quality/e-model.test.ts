// The E-model against values published for G.711 with concealment (ITU-T G.107, G.113) at 150 ms.
import { describe, expect, it } from 'vitest';
import { mos, mosOf, rating } from './e-model.ts';

describe('the score', () => {
  it.each([
    [0, 4.41],
    [2, 4.23],
    [5, 3.92],
    [10, 3.4],
    [20, 2.62],
  ])('with %s percent of loss, at 150 ms, is %s', (loss, expected) => {
    expect(mos({ loss, delay: 150 })).toBeCloseTo(expected, 2);
  });

  it('of a connection without fault is G.107’s 93.2, 4.41', () => {
    expect(rating({ loss: 0, delay: 0 })).toBe(93.2);
    expect(mosOf(93.2)).toBeCloseTo(4.41, 2);
  });

  it('falls with delay only beyond 100 ms', () => {
    expect(rating({ loss: 0, delay: 100 })).toBe(rating({ loss: 0, delay: 10 }));
    // G.107 figure: about 10 points lost at 300 ms, about 24 at 500 ms.
    expect(93.2 - rating({ loss: 0, delay: 300 })).toBeGreaterThan(9);
    expect(93.2 - rating({ loss: 0, delay: 300 })).toBeLessThan(16);
    expect(rating({ loss: 0, delay: 500 })).toBeLessThan(rating({ loss: 0, delay: 300 }));
  });

  it('stays between 1 and 4.5 whatever comes in', () => {
    expect(mos({ loss: 100, delay: 5000 })).toBe(1);
    expect(mosOf(120)).toBe(4.5);
    expect(mosOf(-3)).toBe(1);
    for (let r = 0; r <= 100; r += 1) expect(mosOf(r)).toBeGreaterThanOrEqual(1);
  });
});
