// How we hear a call, in the terms of RFC 3611: from counters to what the other side is told.
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { voipMetricsSchema } from '../../../contract/index.ts';
import { newMeter } from './meter.ts';
import { onALine, roughlyHeard, roughTenSeconds } from './testing.ts';
import { voipMetrics } from './voip-metrics.ts';

describe('how a call is heard', () => {
  it('is its loss, delay and score, and nothing that nobody measures', () => {
    const metrics = voipMetrics(roughTenSeconds(onALine));
    expect(metrics).toEqual({
      ...roughlyHeard,
      rating: expect.closeTo(62.5, 1),
      mosListening: expect.closeTo(3.2, 1),
      mosConversation: expect.closeTo(3.2, 1),
      buffer: { ...roughlyHeard.buffer, most: 50 },
    });
  });

  it('has no round trip before they report, and no pattern where none is counted', () => {
    const { pattern: _, ...uncounted } = onALine;
    expect(voipMetrics(roughTenSeconds({ ...uncounted, reported: null }))).toMatchObject({
      roundTrip: null,
      pattern: null,
    });
  });

  it('stays within what a report can say, however wrong the counters are', () => {
    const far = { burstDensity: 120, burstMs: 1e9, gapDensity: -3, gapMs: 1e9 };
    const metrics = voipMetrics(
      roughTenSeconds({
        ...onALine,
        packetsLost: -500,
        packetsDiscarded: 1e6,
        pattern: far,
        reported: { at: 1, roundTrip: 1e6, fractionLost: 0, unheard: null },
      }),
    );
    expect(v.is(voipMetricsSchema, metrics)).toBe(true);
  });

  it('is not known before anything was heard, or on a line that is not known', () => {
    expect(voipMetrics(newMeter())).toBeNull();
    const { ends: _, ...unknown } = onALine;
    expect(voipMetrics(roughTenSeconds(unknown))).toBeNull();
  });
});
