// How we hear a call, as the other side is told it in RTCP extended reports (RFC 3611 section 4.7). Pure.
import { gmin, type VoipMetrics } from '../../../contract/index.ts';
import { mosOf, ratings } from './e-model.ts';
import { deviceDelay, recentBuffer, type Meter } from './meter.ts';
import { callReport } from './vq-report.ts';

/** Chromium's jitter buffer holds 200 packets; of 20 ms, as most are, ms. */
const bufferLimit = 4000;
/** The most that 16 bits hold, ms. */
const longest = 0xffff;

/** Null before anything of theirs was heard, and where the line is not known. */
export function voipMetrics(meter: Meter): VoipMetrics | null {
  const report = callReport(meter);
  if (!report) return null;
  const { lost, discarded, pattern } = report;
  const reported = meter.last?.reported?.roundTrip ?? null;
  const roundTrip = reported === null ? null : milliseconds(1000 * reported);
  const buffer = milliseconds(recentBuffer(meter));
  const endSystem = milliseconds(buffer + deviceDelay);
  const { listening, conversation } = ratings({
    loss: Math.min(100, lost + discarded),
    delay: (roundTrip ?? 0) / 2 + endSystem,
  });
  return {
    lost: percent(lost),
    discarded: percent(discarded),
    pattern: pattern && {
      burstDensity: percent(pattern.burstDensity),
      burstMs: milliseconds(pattern.burstMs),
      gapDensity: percent(pattern.gapDensity),
      gapMs: milliseconds(pattern.gapMs),
      gmin,
    },
    roundTrip,
    endSystem,
    // Nobody measures them: Chromium keeps the levels of a voice and its echo to itself.
    signal: null,
    noise: null,
    echoReturnLoss: null,
    rating: conversation,
    externalRating: null,
    mosListening: mosOf(listening),
    mosConversation: mosOf(conversation),
    concealment: 'enhanced',
    buffer: { kind: 'adaptive', rate: 0, nominal: buffer, most: milliseconds(report.worstBuffer), limit: bufferLimit },
  };
}

function percent(value: number): number {
  return Math.min(100, Math.max(0, value));
}

function milliseconds(value: number): number {
  return Math.min(longest, Math.max(0, Math.round(value)));
}
