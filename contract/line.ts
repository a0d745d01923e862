// The line of a call to the network: what was sent, lost and reported, and who speaks with whom.
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Losses in bursts and in the gaps between them: density in percent of packets, mean duration in ms (RFC 3611 section 4.7.2). */
export const lossPatternSchema = v.object({
  burstDensity: v.number(),
  burstMs: v.number(),
  gapDensity: v.number(),
  gapMs: v.number(),
});
export type LossPattern = v.InferOutput<typeof lossPatternSchema>;

/** One side of the line. */
const lineEnd = v.object({ address: v.string(), port: v.number(), ssrc: v.number() });

/** Who speaks with whom, for reports on the call (RFC 6035 section 4.6.1). */
export const lineEndsSchema = v.object({ local: lineEnd, remote: lineEnd, payloadType: v.number() });
export type LineEnds = v.InferOutput<typeof lineEndsSchema>;

/** The line to the network, as the engine sees it: counts since the call began, told once a second. */
export const linkReportSchema = v.object({
  /** Packets of the media window that went out. */
  sent: count,
  received: count,
  /** By their sequence numbers: what did not come. */
  lost: count,
  /** Milliseconds. */
  jitter: v.number(),
  /** RTCP reports of theirs, whether they speak of our packets or not. */
  reports: count,
  /** What they report of our packets; null while they report nothing. Times in ms. */
  far: v.nullable(
    v.object({
      /** The how manieth report that speaks of us. */
      number: count,
      lossFraction: v.number(),
      roundTrip: v.nullable(v.number()),
      /** For how long we had been sending what had not reached them when they wrote; the way there and back is in it. */
      unheard: v.number(),
    }),
  ),
  pattern: v.optional(lossPatternSchema),
  /** Absent before anything of theirs was heard. */
  ends: v.optional(lineEndsSchema),
});
export type LinkReport = v.InferOutput<typeof linkReportSchema>;
