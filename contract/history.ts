// Calls that were.
import * as v from 'valibot';
import type { QualitySummary } from './sound.ts';

export const callResultSchema = v.picklist([
  'answered',
  'missed',
  'declined',
  'busy',
  'no-answer',
  'cancelled',
  'answered-elsewhere',
  /** The caller is on the block list. */
  'blocked',
  'forwarded',
  'failed',
]);
export type CallResult = v.InferOutput<typeof callResultSchema>;

export interface CallRecord {
  id: string;
  accountId: string;
  direction: 'incoming' | 'outgoing';
  /** The caller's or callee's name, from the directory or as the other side gave it. */
  name?: string;
  /** What is dialled again: exactly this. */
  number: string;
  personId?: string;
  result: CallResult;
  /** Sentence, for `failed`: "this number does not exist"; the number, for `forwarded`. */
  reason?: string;
  /** The problem's code, for `failed`: what other languages say goes by it. */
  reasonCode?: string;
  /** Milliseconds since the epoch. */
  startedAt: number;
  /** Absent when the call was never connected. */
  connectedAt?: number;
  endedAt: number;
  /** False for a missed call nobody has looked at. */
  seen: boolean;
  /** Files of what was recorded, in order. */
  recordings?: string[];
  quality?: QualitySummary;
  /** What the person wrote down about it. */
  note?: string;
}

/** Of a note on a call, UTF-16 units. */
export const longestNote = 2000;

export const historyFilterSchema = v.picklist(['all', 'missed', 'incoming', 'outgoing']);
export type HistoryFilter = v.InferOutput<typeof historyFilterSchema>;

/** Which calls a list shows, and an export writes. */
export const historyChoice = {
  filter: historyFilterSchema,
  /** In names and numbers. */
  text: v.optional(v.pipe(v.string(), v.maxLength(256))),
  accountId: v.optional(v.string()),
};
