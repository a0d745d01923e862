// For tests: a call's counters at its beginning.
import type { CallStats } from '../../../contract/index.ts';

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
