// A call's counters where it goes by the engine: the peer connection ends there, so what it says of packets sent is of this
// computer alone. The line to the far end is the engine's to tell. Pure.
import type { CallStats, LinkReport } from '../../../contract/index.ts';

/** The window's counters with those of the line in place of the loopback's. */
export function overLine(stats: CallStats, line: LinkReport): CallStats {
  const { sent, received, lost, jitter, reports, far, pattern, theirs, ends } = line;
  // The ends of the loopback are nobody's business.
  const { pattern: _pattern, theirs: _theirs, ends: _ends, ...own } = stats;
  return {
    ...own,
    ...(pattern && { pattern }),
    ...(theirs && { theirs }),
    ...(ends && { ends }),
    packetsSent: sent,
    packetsReceived: received,
    packetsLost: lost,
    jitter: jitter / 1000,
    theirReports: reports,
    reported: far && {
      at: far.number,
      roundTrip: far.roundTrip === null ? null : far.roundTrip / 1000,
      fractionLost: far.lossFraction,
      unheard: far.unheard / 1000,
    },
  };
}
