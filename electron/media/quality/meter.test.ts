// A call's quality from its counters, a second apart.
import { describe, expect, it } from 'vitest';
import type { CallQuality, CallStats } from '../../../contract/index.ts';
import { measure, newMeter, summary } from './meter.ts';
import { atTheBeginning } from './testing.ts';

/** A second in which so many of 50 packets were lost, with 40 ms in the jitter buffer. */
function second(stats: CallStats, lost = 0): CallStats {
  return {
    ...stats,
    packetsReceived: stats.packetsReceived + 50 - lost,
    packetsLost: stats.packetsLost + lost,
    jitterBufferEmitted: stats.jitterBufferEmitted + 48_000,
    jitterBufferDelay: stats.jitterBufferDelay + 48_000 * 0.04,
    totalSamples: stats.totalSamples + 48_000,
    concealedSamples: stats.concealedSamples + 960 * lost,
  };
}

function call(losses: readonly number[]) {
  let stats = atTheBeginning;
  let [meter] = measure(newMeter(), stats);
  let quality: CallQuality | null = null;
  for (const lost of losses) {
    stats = second(stats, lost);
    [meter, quality] = measure(meter, stats);
  }
  return { meter, quality, stats };
}

describe('the live quality', () => {
  it('of a clean call is the best there is', () => {
    const { quality } = call([0, 0, 0]);
    expect(quality).toMatchObject({ lossIn: 0, lossOut: 0, jitter: 4, roundTrip: 40 });
    expect(quality?.mos).toBeCloseTo(4.4, 1);
  });

  it('counts loss over the last ten seconds, and forgets it after', () => {
    const lossy = call(Array.from({ length: 10 }, () => 5));
    expect(lossy.quality?.lossIn).toBeCloseTo(10, 5);
    expect(lossy.quality?.mos).toBeCloseTo(3.4, 1);
    const { quality } = call([...Array.from({ length: 10 }, () => 5), ...Array.from({ length: 10 }, () => 0)]);
    expect(quality?.lossIn).toBe(0);
  });

  it('counts what came too late as lost: the listener hears no difference', () => {
    let stats = atTheBeginning;
    let [meter] = measure(newMeter(), stats);
    stats = { ...second(stats), concealedSamples: 4_800 };
    const [, quality] = measure(meter, stats);
    expect(quality?.lossIn).toBe(0);
    expect(quality?.mos).toBeCloseTo(3.41, 1);
  });

  it('is not guessed while nothing of theirs comes, or where they report nothing', () => {
    const [meter, nothing] = measure(newMeter(), atTheBeginning);
    expect(nothing).toBeNull();
    expect(measure(meter, { ...atTheBeginning, packetsSent: 50 })[1]).toBeNull();
    expect(measure(meter, { ...second(atTheBeginning), reported: null })[1]).toMatchObject({
      roundTrip: null,
      lossOut: null,
    });
  });

  it('survives counters that begin anew with another peer connection', () => {
    const { meter } = call([0, 0]);
    const [again] = measure(meter, atTheBeginning);
    expect(measure(again, second(atTheBeginning))[1]).toMatchObject({ lossIn: 0 });
  });
});

describe('the summary', () => {
  it('keeps the means, and the worst second', () => {
    const kept = summary(call([0, 0, 0, 0, 0, 5, 5, 5, 5, 5]).meter);
    expect(kept).toMatchObject({ lossIn: 5, lossOut: 0, jitter: 4, roundTrip: 40 });
    expect(kept?.worstMos).toBeLessThan(kept?.mos ?? 0);
  });

  it('is empty for a call without sound', () => {
    expect(summary(newMeter())).toBeNull();
  });
});
