// Queries: lists that can be long, asked for page by page, never pushed whole.
import * as v from 'valibot';
import type { CallRecord } from './history.ts';
import type { Person, PersonRow } from './people.ts';

const page = { offset: v.pipe(v.number(), v.minValue(0)), limit: v.pipe(v.number(), v.minValue(1), v.maxValue(500)) };

export const querySchema = v.variant('type', [
  /** All people by name, or those that match `text`, best first. */
  v.object({ type: v.literal('people'), text: v.pipe(v.string(), v.maxLength(256)), ...page }),
  v.object({ type: v.literal('favourites') }),
  v.object({ type: v.literal('person'), personId: v.string() }),
  v.object({
    type: v.literal('history'),
    filter: v.picklist(['all', 'missed', 'incoming', 'outgoing']),
    text: v.optional(v.string()),
    ...page,
  }),
  /** What the typed text would dial, for the preview "Dials +41 ...". */
  v.object({
    type: v.literal('dial-preview'),
    text: v.pipe(v.string(), v.maxLength(512)),
    accountId: v.optional(v.string()),
  }),
]);

export type Query = v.InferOutput<typeof querySchema>;

export interface PageOf<T> {
  rows: T[];
  /** All that match, not only this page. */
  total: number;
}

export type DialPreview =
  /** `shown` is what "Dials ..." shows; `target` goes into the `call` command. */
  { dialable: true; target: string; shown: string } | { dialable: false; why: string | null };

export interface QueryResults {
  people: PageOf<PersonRow> & {
    /** Only for an empty text: initial letter -> index of its first row, in order. */
    letters?: { letter: string; index: number }[];
  };
  favourites: PersonRow[];
  person: Person | null;
  history: PageOf<CallRecord>;
  'dial-preview': DialPreview;
}

export type QueryResult<Q extends Query> = QueryResults[Q['type']];
