// What the guest tells by its serial line: a line of JSON behind an @ for each thing that it tried.
import * as v from 'valibot';

export const guestReportSchema = v.variant('kind', [
  /** A descriptor as the kernel reads it and as we do. */
  v.object({ kind: v.literal('fields'), name: v.string(), count: v.number(), differences: v.array(v.string()) }),
  /** A call on one headset: the steps that went as they should, in order, and what stopped it. */
  v.object({
    kind: v.literal('call'),
    product: v.string(),
    steps: v.array(v.string()),
    failure: v.nullable(v.string()),
    /** Milliseconds. */
    plugToUsable: v.number(),
    pressToAction: v.array(v.number()),
    callToLamp: v.array(v.number()),
  }),
  v.object({ kind: v.literal('broken'), error: v.string() }),
  v.object({ kind: v.literal('end') }),
]);
export type GuestReport = v.InferOutput<typeof guestReportSchema>;
export type GuestCall = Extract<GuestReport, { kind: 'call' }>;
