// Queries: lists that can be long, asked for page by page, never pushed whole.
import * as v from 'valibot';
import { accountConfigSchema } from './account.ts';
import type { ServerPeople } from './directory-server.ts';
import { historyChoice, type CallRecord } from './history.ts';
import type { LogPage, TraceEntry } from './logger.ts';
import type { Conversation, TextMessage } from './messages.ts';
import {
  importShowSchema,
  type ImportRow,
  type PastImport,
  type Person,
  type PersonRow,
  type SourceState,
} from './people.ts';
import type { Problem } from './problem.ts';
import type { QualitySeries } from './sound.ts';
import type { BundleEntry } from './support-bundle.ts';
import type { ShowableSource } from './video.ts';

const page = { offset: v.pipe(v.number(), v.minValue(0)), limit: v.pipe(v.number(), v.minValue(1), v.maxValue(500)) };

export const querySchema = v.variant('type', [
  /** All people by name, or those that match `text`, best first. */
  v.object({ type: v.literal('people'), text: v.pipe(v.string(), v.maxLength(256)), ...page }),
  /** What the field shows for what is typed, in one answer. Never waits for servers. */
  v.object({
    type: v.literal('find'),
    text: v.pipe(v.string(), v.maxLength(256)),
    accountId: v.optional(v.string()),
    people: page.limit,
    calls: page.limit,
  }),
  /** People on servers that are asked live; comes when they answer, or give up, and never with an error. */
  v.object({ type: v.literal('server-people'), text: v.pipe(v.string(), v.maxLength(256)) }),
  /** Where people come from, and how each source is doing. */
  v.object({ type: v.literal('sources') }),
  v.object({ type: v.literal('favourites') }),
  v.object({ type: v.literal('person'), personId: v.string() }),
  /** A person's picture, as a data URL. */
  v.object({ type: v.literal('picture'), personId: v.string() }),
  /** People who look like the same one, in groups. */
  v.object({ type: v.literal('duplicates') }),
  /** A part of what the import that is looked at would do. */
  v.object({ type: v.literal('import-rows'), show: importShowSchema, ...page }),
  /** Imports that can still be taken back, the last first. */
  v.object({ type: v.literal('past-imports') }),
  v.object({ type: v.literal('history'), ...historyChoice, ...page }),
  /** Text messages: the newest of each conversation; and those with one number, the newest first. */
  v.object({ type: v.literal('conversations'), ...page }),
  v.object({ type: v.literal('messages'), number: v.pipe(v.string(), v.maxLength(512)), ...page }),
  /** What the typed text would dial, for the preview "Dials +41 ...". */
  v.object({
    type: v.literal('dial-preview'),
    text: v.pipe(v.string(), v.maxLength(512)),
    accountId: v.optional(v.string()),
    /** Settings that are being typed, in place of the account's. */
    settings: v.optional(
      v.object({
        country: accountConfigSchema.entries.country,
        dialRules: accountConfigSchema.entries.dialRules,
      }),
    ),
  }),
  /**
   * SIP messages in and out whose text, peer or transport holds `text`, the oldest first, from those that came after
   * message number `after`: the list grows while it is looked at, and its oldest go.
   */
  v.object({
    type: v.literal('trace'),
    text: v.pipe(v.string(), v.maxLength(256)),
    after: v.pipe(v.number(), v.minValue(0)),
    limit: page.limit,
    /** Only messages of this call. */
    callId: v.optional(v.string()),
  }),
  /** How a call was heard, point by point, also while it goes on; null: nothing was kept. */
  v.object({ type: v.literal('call-quality'), callId: v.pipe(v.string(), v.maxLength(256)) }),
  v.object({ type: v.literal('trace-message'), id: v.number() }),
  /** Lines of the log at least this grave that hold `text`, as `trace` lists messages. */
  v.object({
    type: v.literal('log'),
    level: v.picklist(['debug', 'info', 'warn', 'error']),
    text: v.pipe(v.string(), v.maxLength(256)),
    after: v.pipe(v.number(), v.minValue(0)),
    limit: page.limit,
  }),
  /** Screens and windows that can be shown in a call, each with a small picture of how it looks now. */
  v.object({ type: v.literal('screens') }),
  /** What `prepare-bundle` made; null: nothing was prepared. */
  v.object({ type: v.literal('bundle') }),
  /** A file of it as text, cut where it is very long; null: there is none of this name. */
  v.object({ type: v.literal('bundle-file'), name: v.pipe(v.string(), v.maxLength(256)) }),
]);

export type Query = v.InferOutput<typeof querySchema>;
/** What the phone answers; the rest is the desktop's. */
export type PhoneQuery = Exclude<Query, { type: 'screens' }>;

export interface PageOf<T> {
  rows: T[];
  /** All that match, not only this page. */
  total: number;
}

export type DialPreview =
  /** `shown` is what "Dials ..." shows: every digit that is sent. `target` goes into the `call` command, with `shown`. */
  { dialable: true; target: string; shown: string } | { dialable: false; why: string | null };

/** All that the field shows for what is typed. */
export interface Found {
  people: PageOf<PersonRow>;
  calls: PageOf<CallRecord>;
  /** Why there are no people; what is typed can be dialled all the same. */
  problem: Problem | null;
  /** Of what is typed. */
  preview: DialPreview;
  /** Of the first hit, where what is typed cannot be dialled; null: there is none, or it has no number. */
  ofFirst: { number: string; preview: DialPreview } | null;
}

/** One SIP message in the list; its text is asked for by `trace-message`. */
export interface TraceRow extends Omit<TraceEntry, 'text'> {
  /** Rises with each message. */
  id: number;
  /** Request line or status line. */
  line: string;
  /** Method of the CSeq, for a status line. */
  method: string;
}

export interface TracePage {
  rows: TraceRow[];
  /** Messages with smaller numbers are not kept any more. */
  oldest: number;
  /** The next page's `after`. */
  next: number;
}

export interface QueryResults {
  people: PageOf<PersonRow> & {
    /** Only for an empty text: initial letter -> index of its first row, in order. */
    letters?: { letter: string; index: number }[];
  };
  find: Found;
  'server-people': ServerPeople;
  sources: SourceState[];
  favourites: PersonRow[];
  person: Person | null;
  picture: string | null;
  duplicates: Person[][];
  'import-rows': PageOf<ImportRow>;
  'past-imports': PastImport[];
  history: PageOf<CallRecord>;
  conversations: PageOf<Conversation>;
  messages: PageOf<TextMessage>;
  'dial-preview': DialPreview;
  trace: TracePage;
  /** null: it is not kept any more. */
  'trace-message': (TraceEntry & { id: number }) | null;
  'call-quality': QualitySeries | null;
  log: LogPage;
  screens: ShowableSource[];
  bundle: BundleEntry[] | null;
  'bundle-file': string | null;
}

export type QueryResult<Q extends Query> = QueryResults[Q['type']];
