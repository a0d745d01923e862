// The media window's messages for sound beside a call's own audio: tones, conference, recording, tests, statistics.
import * as v from 'valibot';
import { lineEndsSchema, lossPatternSchema, voipMetricsSchema } from './line.ts';
import { deviceChoiceSchema } from './preferences.ts';
import { networkToneSchema, ringToneSchema, toneCountrySchema } from './sound.ts';

const callId = v.pipe(v.string(), v.maxLength(64));
const count = v.pipe(v.number(), v.minValue(0));

/** What a person chose, ready for the window. */
export const soundChoicesSchema = v.object({
  type: v.literal('sound-choices'),
  /** Where it rings; null is the system's default. None: it does not ring aloud. */
  ringOn: v.pipe(v.array(deviceChoiceSchema), v.maxLength(16)),
  echoCancellation: v.boolean(),
  noiseSuppression: v.boolean(),
  automaticGain: v.boolean(),
  toneCountry: toneCountrySchema,
  ringTone: ringToneSchema,
  /** The person's own ring tone, as its file is: WAV or Ogg. Null: none, or it could not be read. */
  ringFile: v.nullable(v.instance(Uint8Array)),
});
export type SoundChoices = v.InferOutput<typeof soundChoicesSchema>;

/** Main to media window. */
export const soundCommandSchema = v.variant('type', [
  soundChoicesSchema,
  /** Another tone than ring-back on the speaker; null: none. */
  v.object({ type: v.literal('tone'), tone: v.nullable(networkToneSchema) }),
  /** These calls hear each other; fewer than two: nobody does. */
  v.object({ type: v.literal('conference'), callIds: v.array(callId) }),
  /** `notice`: both sides hear a short tone now and then. */
  v.object({ type: v.literal('record'), callId, on: v.boolean(), notice: v.boolean() }),
  v.object({ type: v.literal('inband-digit'), callId, digit: v.pipe(v.string(), v.regex(/^[0-9*#A-D]$/)) }),
  v.object({ type: v.literal('sound-test'), test: v.picklist(['off', 'level', 'hear-yourself']) }),
]);
export type SoundCommand = v.InferOutput<typeof soundCommandSchema>;

/** Counters of a call: of its peer connection, and of the line to the far end (the engine's where the call goes by it). */
export const callStatsSchema = v.object({
  codec: v.string(),
  packetsSent: count,
  packetsReceived: count,
  /** RFC 3550: may be negative after duplicates. */
  packetsLost: v.number(),
  /** Came, and too late to be played. */
  packetsDiscarded: count,
  /** Seconds. */
  jitter: count,
  /** Sum over all samples that left the jitter buffer, seconds; and their number. */
  jitterBufferDelay: count,
  jitterBufferEmitted: count,
  /** Samples that were made up because theirs did not come in time, of all that were played. */
  concealedSamples: count,
  totalSamples: count,
  /** What they report of us: seconds, fraction of 1; null before their first report block. */
  reported: v.nullable(
    v.object({
      /** Another one for each report. */
      at: v.number(),
      roundTrip: v.nullable(count),
      fractionLost: v.number(),
      /** For how long we had been sending what had not reached them when they wrote; null: the peer connection cannot say. */
      unheard: v.nullable(count),
    }),
  ),
  /** Reports that came from them. */
  theirReports: count,
  /** How losses lie together; absent: this connection cannot say. */
  pattern: v.optional(lossPatternSchema),
  /** How they say they hear us; absent: they do not say. */
  theirs: v.optional(voipMetricsSchema),
  /** Absent before both sides are known. */
  ends: v.optional(lineEndsSchema),
});
export type CallStats = v.InferOutput<typeof callStatsSchema>;

/** Media window to main. */
export const soundEventSchema = v.variant('type', [
  /** Once a second while the call has a connected leg. */
  v.object({ type: v.literal('stats'), callId, stats: callStatsSchema }),
  /** Interleaved samples, 16 bits, little-endian: left is us, right is them. */
  v.object({
    type: v.literal('recorded'),
    callId,
    sampleRate: v.pipe(v.number(), v.integer(), v.minValue(8000), v.maxValue(192_000)),
    samples: v.instance(Uint8Array),
  }),
  v.object({ type: v.literal('record-ended'), callId }),
  v.object({
    type: v.literal('sound-test'),
    state: v.variant('name', [
      v.object({ name: v.literal('off') }),
      v.object({ name: v.literal('level'), level: v.number() }),
      v.object({ name: v.literal('recording'), level: v.number() }),
      v.object({ name: v.literal('playing') }),
    ]),
  }),
]);
export type SoundEvent = v.InferOutput<typeof soundEventSchema>;
