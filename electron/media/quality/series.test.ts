// A call's quality second by second.
import { expect, test } from 'vitest';
import type { CallStats } from '../../../contract/index.ts';
import { addSecond, noSeries, seriesOf, type Series } from './series.ts';

const zero: CallStats = {
  codec: 'PCMU',
  packetsSent: 0,
  packetsReceived: 0,
  packetsLost: 0,
  packetsDiscarded: 0,
  jitter: 0.004,
  jitterBufferDelay: 0,
  jitterBufferEmitted: 0,
  concealedSamples: 0,
  totalSamples: 0,
  reported: { at: 1, roundTrip: 0.04, fractionLost: 0, unheard: null },
  theirReports: 1,
};

/** A call whose seconds lost so many of 50 packets; null: nothing came. */
function call(losses: readonly (number | null)[]): Series {
  let stats = zero;
  let series = addSecond(noSeries, stats);
  for (const lost of losses) {
    stats = {
      ...stats,
      packetsReceived: stats.packetsReceived + (lost === null ? 0 : 50 - lost),
      packetsLost: stats.packetsLost + (lost ?? 0),
    };
    series = addSecond(series, stats);
  }
  return series;
}

test('each second stands for itself: what was lost in one is not in the next', () => {
  const series = seriesOf(call([0, 5, 0]));
  expect(series).toMatchObject({ every: 1, lossIn: [0, 10, 0], lossOut: [0, 0, 0], jitter: [4, 4, 4] });
  expect(series?.roundTrip).toEqual([40, 40, 40]);
  const [first = 0, second = 0, third = 0] = series?.mos.map((value) => value ?? 0) ?? [];
  expect(second).toBeLessThan(first);
  expect(third).toBe(first);
});

test('on hold nothing is said', () => {
  expect(seriesOf(call([0, null, 0]))?.lossIn).toEqual([0, null, 0]);
  expect(seriesOf(noSeries)).toBeNull();
});

test('counters that begin anew are no loss', () => {
  const series = addSecond(call([0, 0]), { ...zero, packetsReceived: 3 });
  expect(seriesOf(series)?.lossIn).toEqual([0, 0]);
});

test('a long call keeps 600 points at most, and each is the worst of its seconds', () => {
  const losses = Array.from({ length: 3600 }, (_, second) => (second === 1801 ? 25 : 0));
  const series = seriesOf(call(losses));
  expect(series?.every).toBe(8);
  expect(series?.mos).toHaveLength(450);
  expect(series?.lossIn[225]).toBe(50);
  expect(series?.lossIn.filter((value) => value === 50)).toHaveLength(1);
});
