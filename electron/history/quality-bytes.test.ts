// A quality series in few bytes.
import { expect, test } from 'vitest';
import type { QualitySeries } from '../../contract/index.ts';
import { seriesBytes, seriesFromBytes } from './quality-bytes.ts';

const series: QualitySeries = {
  every: 8,
  mos: [4.4, null, 1.5],
  lossIn: [0, null, 12],
  lossOut: [null, null, 100],
  jitter: [3, null, 400],
  roundTrip: [24, null, 2000],
};

test('what is kept is what was measured, in steps; what is beyond them is the most they can say', () => {
  expect(seriesFromBytes(seriesBytes(series))).toEqual({
    ...series,
    lossOut: [null, null, 100],
    jitter: [3, null, 254],
    roundTrip: [24, null, 1016],
  });
});

test('an hour of a call with ups and downs takes less than 2 kB', () => {
  const wave = (base: number, height: number) =>
    Array.from({ length: 450 }, (_, index) => base + height * Math.abs(Math.sin(index / 7)));
  const hour = {
    every: 8,
    mos: wave(3, 1.4),
    lossIn: wave(0, 6),
    lossOut: wave(0, 3),
    jitter: wave(2, 20),
    roundTrip: wave(20, 60),
  };
  expect(seriesBytes(hour).length).toBeLessThan(2000);
});

test('bytes that are none of ours are nothing', () => {
  expect(seriesFromBytes(Buffer.from('nonsense'))).toBeNull();
  expect(seriesFromBytes(seriesBytes(series).subarray(0, 6))).toBeNull();
  expect(seriesFromBytes(Buffer.alloc(0))).toBeNull();
});
