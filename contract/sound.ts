// Sound as people choose and see it: tones by country, ring tones, recordings, and how well a call is heard.
import * as v from 'valibot';

/** Countries whose network tones are known (ITU-T E.180 supplement 2), ISO 3166; `eu`: the tones most of Europe agreed on. */
export const toneCountrySchema = v.picklist([
  'at',
  'au',
  'be',
  'br',
  'ca',
  'ch',
  'cn',
  'de',
  'dk',
  'es',
  'eu',
  'fi',
  'fr',
  'gb',
  'in',
  'it',
  'jp',
  'nl',
  'no',
  'pl',
  'se',
  'us',
]);
export type ToneCountry = v.InferOutput<typeof toneCountrySchema>;
export const toneCountries: readonly ToneCountry[] = toneCountrySchema.options;

/** The network's tones that a phone makes by itself, and the one before it answers by itself. */
export const networkToneSchema = v.picklist(['dial', 'ring-back', 'busy', 'congestion', 'waiting', 'auto-answer']);
export type NetworkTone = v.InferOutput<typeof networkToneSchema>;

/** Ring tones that are made here; `file`: the person's own. */
export const ringToneSchema = v.picklist(['rise', 'bell', 'marimba', 'pulse', 'file']);
export type RingTone = v.InferOutput<typeof ringToneSchema>;

/** What one person's calls may ring with, so that they are told by the ear. */
export const personRingToneSchema = v.picklist(['rise', 'bell', 'marimba', 'pulse']);
export type PersonRingTone = v.InferOutput<typeof personRingToneSchema>;

/** How keys are sent: what SDP allows first; RTP events (RFC 4733); SIP INFO; tones in the sound. */
export const dtmfWaySchema = v.picklist(['auto', 'rfc4733', 'info', 'inband']);
export type DtmfWay = v.InferOutput<typeof dtmfWaySchema>;

/** How well a call is heard, of the last seconds. */
export interface CallQuality {
  /** Percent of their packets that did not arrive in time to be heard. */
  lossIn: number;
  /** Percent of ours that did not reach them, as they report; null: they report nothing. */
  lossOut: number | null;
  /** Of arriving packets, ms (RFC 3550 section 6.4.1). */
  jitter: number;
  /** To them and back, ms; null: they report nothing. */
  roundTrip: number | null;
  /** Mean opinion score of what we hear, 1 to 4.5 (ITU-T G.107). */
  mos: number;
}

/** A whole call's quality, kept with its record. */
export const qualitySummarySchema = v.object({
  /** Mean and worst of the seconds' scores. */
  mos: v.number(),
  worstMos: v.number(),
  /** Percent of the whole call's packets. */
  lossIn: v.number(),
  lossOut: v.nullable(v.number()),
  /** Means, ms. */
  jitter: v.number(),
  roundTrip: v.nullable(v.number()),
});
export type QualitySummary = v.InferOutput<typeof qualitySummarySchema>;

const seriesColumn = v.array(v.nullable(v.number()));

/** How a call was heard, point by point; null where nobody could say. Units as in CallQuality. */
export const qualitySeriesSchema = v.object({
  /** Seconds from one point to the next; each is the worst of its seconds. */
  every: v.number(),
  mos: seriesColumn,
  lossIn: seriesColumn,
  lossOut: seriesColumn,
  jitter: seriesColumn,
  roundTrip: seriesColumn,
});
export type QualitySeries = v.InferOutput<typeof qualitySeriesSchema>;

/** The test of microphone and speaker in settings. */
export type SoundTest =
  | { name: 'off' }
  /** The level now, 0 to 1, with the microphone open. */
  | { name: 'level'; level: number }
  | { name: 'recording'; level: number }
  /** What was recorded is played. */
  | { name: 'playing' };
