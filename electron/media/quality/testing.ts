// For tests: a call's counters at its beginning, ten seconds of it, and how it was heard in the end.
import type { CallStats, VoipMetrics } from '../../../contract/index.ts';
import { measure, newMeter, type Meter } from './meter.ts';

/** Nothing sent, nothing heard; they have reported once, in time and without loss. */
export const atTheBeginning: CallStats = {
  codec: 'audio/PCMU',
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

/** The same of a call whose line is known. */
export const onALine: CallStats = {
  ...atTheBeginning,
  reported: { at: 1, roundTrip: 0.04, fractionLost: 0.02, unheard: null },
  pattern: { burstDensity: 40, burstMs: 300, gapDensity: 0.5, gapMs: 4000 },
  ends: {
    local: { address: '192.0.2.1', port: 16_384, ssrc: 0xab },
    remote: { address: '192.0.2.2', port: 4000, ssrc: 0xdeadbeef },
    payloadType: 0,
  },
};

/** Ten seconds in which 5 of 50 packets were lost each second, and one came too late. */
export function roughTenSeconds(first: CallStats): Meter {
  let stats = first;
  let [meter] = measure(newMeter(), stats);
  for (let second = 0; second < 10; second++) {
    stats = {
      ...stats,
      packetsReceived: stats.packetsReceived + 45,
      packetsLost: stats.packetsLost + 5,
      packetsDiscarded: stats.packetsDiscarded + 1,
      jitter: second === 4 ? 0.03 : 0.004,
      jitterBufferEmitted: stats.jitterBufferEmitted + 48_000,
      jitterBufferDelay: stats.jitterBufferDelay + 48_000 * 0.05,
      totalSamples: stats.totalSamples + 48_000,
    };
    [meter] = measure(meter, stats);
  }
  return meter;
}

/** A call on a line that lost a tenth, as RFC 3611 tells it. */
export const roughlyHeard: VoipMetrics = {
  lost: 10,
  discarded: 2,
  pattern: { burstDensity: 40, burstMs: 300, gapDensity: 0.5, gapMs: 4000, gmin: 16 },
  roundTrip: 40,
  endSystem: 110,
  signal: null,
  noise: null,
  echoReturnLoss: null,
  rating: 62,
  externalRating: null,
  mosListening: 3.2,
  mosConversation: 3.1,
  concealment: 'enhanced',
  buffer: { kind: 'adaptive', rate: 0, nominal: 50, most: 80, limit: 4000 },
};
