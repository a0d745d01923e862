// The line of a call to the network: what was sent, lost and reported, and who speaks with whom.
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** So many packets in a row must come for a burst of losses to be over (RFC 3611 section 4.7.2). */
export const gmin = 16;

/** Losses in bursts and in the gaps between them: density in percent of packets, mean duration in ms (RFC 3611 section 4.7.2). */
export const lossPatternSchema = v.object({
  burstDensity: v.number(),
  burstMs: v.number(),
  gapDensity: v.number(),
  gapMs: v.number(),
});
export type LossPattern = v.InferOutput<typeof lossPatternSchema>;

const percent = v.pipe(v.number(), v.minValue(0), v.maxValue(100));
/** Milliseconds, as many as a report has room for. */
const delay = v.pipe(v.number(), v.minValue(0), v.maxValue(0xffff));
/** dB; null: not measured. */
const level = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(-128), v.maxValue(126)));
/** R of the E-model; null: not estimated. */
const rating = v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(100)));
const score = v.nullable(v.pipe(v.number(), v.minValue(1), v.maxValue(5)));

/** How whoever hears a stream hears it: the VoIP metrics of RFC 3611 section 4.7. Shares in percent, times in ms. */
export const voipMetricsSchema = v.object({
  lost: percent,
  /** Came too late or too early to be played. */
  discarded: percent,
  /** Null: not counted. */
  pattern: v.nullable(
    v.object({
      burstDensity: percent,
      burstMs: delay,
      gapDensity: percent,
      gapMs: delay,
      /** So many packets in a row must come for a burst to be over. */
      gmin: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(255)),
    }),
  ),
  /** Null: not known yet. */
  roundTrip: v.nullable(delay),
  /** From mouth to wire and from wire to ear at their end; null: not known. */
  endSystem: v.nullable(delay),
  /** Of the voice over 0 dBm0, of the noise in its pauses, and how far its echo is below it. */
  signal: level,
  noise: level,
  echoReturnLoss: level,
  rating,
  /** Of another network behind them. */
  externalRating: rating,
  /** Without and with what the delay costs. */
  mosListening: score,
  mosConversation: score,
  concealment: v.picklist(['unknown', 'none', 'enhanced', 'standard']),
  buffer: v.object({
    kind: v.picklist(['unknown', 'reserved', 'fixed', 'adaptive']),
    /** How fast it follows the network, 1 to 15; 0: not known. */
    rate: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(15)),
    nominal: delay,
    most: delay,
    /** What an adaptive one can reach. */
    limit: delay,
  }),
});
export type VoipMetrics = v.InferOutput<typeof voipMetricsSchema>;

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
  /** How they say they hear us (RFC 3611); absent: they do not say. */
  theirs: v.optional(voipMetricsSchema),
  /** Absent before anything of theirs was heard. */
  ends: v.optional(lineEndsSchema),
});
export type LinkReport = v.InferOutput<typeof linkReportSchema>;
