// A call's quality from its counters, second by second, and what is kept of it. Pure.
import type { CallQuality, CallStats, QualitySummary } from '../../../contract/index.ts';
import { mos } from './e-model.ts';

/** The live figures look back this many seconds, so that one lost packet is seen and soon forgotten. */
const window = 10;
/** From mouth to wire and from jitter buffer to ear: packet, capture, playout, ms (measured, media room's README). */
export const deviceDelay = 60;

/** What a call's meter remembers; made by {@link newMeter}, carried on by {@link measure}. */
export interface Meter {
  readonly history: readonly CallStats[];
  readonly first: CallStats | null;
  readonly last: CallStats | null;
  readonly seconds: number;
  readonly sums: {
    mos: number;
    buffer: number;
    jitter: number;
    roundTrip: number;
    roundTrips: number;
    lossOut: number;
    losses: number;
  };
  readonly worstMos: number;
  /** ms */
  readonly worstJitter: number;
  readonly worstBuffer: number;
}

export function newMeter(): Meter {
  const sums = { mos: 0, buffer: 0, jitter: 0, roundTrip: 0, roundTrips: 0, lossOut: 0, losses: 0 };
  return { history: [], first: null, last: null, seconds: 0, sums, worstMos: 4.5, worstJitter: 0, worstBuffer: 0 };
}

/** One second further. Null quality until there is something to compare, and while nothing of theirs comes. */
export function measure(before: Meter, stats: CallStats): readonly [Meter, CallQuality | null] {
  // Counters of a new peer connection (the window or the engine was started again) begin anew.
  const meter =
    before.last && stats.packetsReceived < before.last.packetsReceived ? { ...before, history: [] } : before;
  const history = [...meter.history, stats].slice(-(window + 1));
  const [oldest] = history;
  const next = { ...meter, history, first: meter.first ?? stats, last: stats };
  if (!oldest || oldest === stats || stats.packetsReceived === oldest.packetsReceived) return [next, null];
  const buffer = bufferBetween(oldest, stats);
  const quality = qualityBetween(oldest, stats, buffer);
  const { sums } = meter;
  return [
    {
      ...next,
      seconds: meter.seconds + 1,
      worstMos: Math.min(meter.worstMos, quality.mos),
      worstJitter: Math.max(meter.worstJitter, quality.jitter),
      worstBuffer: Math.max(meter.worstBuffer, buffer),
      sums: {
        buffer: sums.buffer + buffer,
        mos: sums.mos + quality.mos,
        jitter: sums.jitter + quality.jitter,
        roundTrip: sums.roundTrip + (quality.roundTrip ?? 0),
        roundTrips: sums.roundTrips + (quality.roundTrip === null ? 0 : 1),
        lossOut: sums.lossOut + (quality.lossOut ?? 0),
        losses: sums.losses + (quality.lossOut === null ? 0 : 1),
      },
    },
    quality,
  ];
}

/** What goes into the history; null for a call without sound of theirs. */
export function summary(meter: Meter): QualitySummary | null {
  const { seconds, sums, last } = meter;
  if (seconds === 0 || !last) return null;
  const expected = last.packetsReceived + Math.max(0, last.packetsLost);
  return {
    mos: round(sums.mos / seconds, 2),
    worstMos: round(meter.worstMos, 2),
    lossIn: round(expected > 0 ? (100 * Math.max(0, last.packetsLost)) / expected : 0, 1),
    lossOut: sums.losses > 0 ? round(sums.lossOut / sums.losses, 1) : null,
    jitter: round(sums.jitter / seconds, 1),
    roundTrip: sums.roundTrips > 0 ? round(sums.roundTrip / sums.roundTrips, 0) : null,
  };
}

/** How long sound waited to be played of late, ms. */
export function recentBuffer({ history, last }: Meter): number {
  const [oldest] = history;
  return oldest && last ? bufferBetween(oldest, last) : 0;
}

/** How long sound waited to be played, ms. */
function bufferBetween(from: CallStats, to: CallStats): number {
  const emitted = to.jitterBufferEmitted - from.jitterBufferEmitted;
  return emitted > 0 ? Math.max(0, (1000 * (to.jitterBufferDelay - from.jitterBufferDelay)) / emitted) : 0;
}

/** How it was heard from one reading of the counters to a later one. `buffer`: how long sound waited to be played, ms. */
export function qualityBetween(from: CallStats, to: CallStats, buffer: number = bufferBetween(from, to)): CallQuality {
  const lost = Math.max(0, to.packetsLost - from.packetsLost);
  const received = to.packetsReceived - from.packetsReceived;
  const lossIn = (100 * lost) / Math.max(1, lost + received);
  const played = to.totalSamples - from.totalSamples;
  const concealed = played > 0 ? (100 * (to.concealedSamples - from.concealedSamples)) / played : 0;
  const roundTrip = to.reported?.roundTrip == null ? null : 1000 * to.reported.roundTrip;
  return {
    lossIn,
    lossOut: to.reported ? 100 * Math.max(0, to.reported.fractionLost) : null,
    jitter: 1000 * to.jitter,
    roundTrip,
    // What came too late is concealed like what was lost.
    mos: mos({ loss: Math.max(lossIn, concealed), delay: (roundTrip ?? 0) / 2 + buffer + deviceDelay }),
  };
}

function round(value: number, places: number): number {
  return Number(value.toFixed(places));
}
