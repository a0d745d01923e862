// What the main process and the library's worker thread say to each other, and the schemas that both sides check.
import * as v from 'valibot';
import {
  callResultSchema,
  historyChoice,
  importRowSchema,
  pastImportSchema,
  peopleFormatSchema,
  longestMessage,
  longestNote,
  messageStateSchema,
  personDraftSchema,
  personRingToneSchema,
  personSchema,
  phoneNumberSchema,
  problemSchema,
  qualitySeriesSchema,
  qualitySummarySchema,
  querySchema,
  type CallRecord,
  type PersonRow,
  type Problem,
  type QueryResults,
  type TextMessage,
} from '../../contract/index.ts';
import type { LibraryQuery } from './types.ts';

const id = v.pipe(v.string(), v.maxLength(256));
/** Shared memory is never asked of. */
export const bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array);

export const callRecordSchema: v.GenericSchema<unknown, CallRecord> = v.object({
  id,
  accountId: v.string(),
  direction: v.picklist(['incoming', 'outgoing']),
  name: v.optional(v.string()),
  number: v.string(),
  personId: v.optional(v.string()),
  result: callResultSchema,
  reason: v.optional(v.string()),
  reasonCode: v.optional(v.string()),
  startedAt: v.number(),
  connectedAt: v.optional(v.number()),
  endedAt: v.number(),
  seen: v.boolean(),
  recordings: v.optional(v.array(v.string())),
  quality: v.optional(qualitySummarySchema),
  note: v.optional(v.string()),
});

export const textMessageSchema: v.GenericSchema<unknown, TextMessage> = v.object({
  id,
  accountId: v.string(),
  number: v.string(),
  name: v.optional(v.string()),
  text: v.pipe(v.string(), v.maxLength(longestMessage)),
  at: v.number(),
  state: messageStateSchema,
  reason: v.optional(v.string()),
  seen: v.boolean(),
});

/** What the worker is asked to do; the first request is `open`. */
export const taskSchema = v.variant('do', [
  v.object({ do: v.literal('open'), file: v.string() }),
  /** Asked of a thread of its own, which opens nothing: null, or what is wrong with the file. */
  v.object({ do: v.literal('check'), file: v.string() }),
  /** Of the one that has the file open, which was found to be damaged. */
  v.object({ do: v.literal('mend') }),
  v.object({ do: v.literal('query'), query: querySchema }),
  v.object({ do: v.literal('save-person'), draft: personDraftSchema }),
  v.object({ do: v.literal('remove-person'), personId: id }),
  v.object({ do: v.literal('restore-person'), personId: id }),
  v.object({ do: v.literal('set-favourite'), personId: id, favourite: v.boolean() }),
  v.object({ do: v.literal('replace-source'), source: v.string(), people: v.array(personDraftSchema) }),
  v.object({ do: v.literal('read-import'), name: v.string(), bytes }),
  v.object({ do: v.literal('step-import') }),
  v.object({ do: v.literal('write-import') }),
  v.object({ do: v.literal('cancel-import') }),
  v.object({ do: v.literal('close-import') }),
  v.object({ do: v.literal('undo-people'), undo: id }),
  v.object({ do: v.literal('undo-import'), importId: id }),
  v.object({ do: v.literal('export-people'), format: peopleFormatSchema }),
  v.object({ do: v.literal('blocked-numbers') }),
  v.object({ do: v.literal('source-states') }),
  v.object({ do: v.literal('set-source-state'), source: v.string(), problem: v.nullable(problemSchema) }),
  /** Both carry JSON that another thread reads or wrote; main hands it on unread. */
  v.object({ do: v.literal('source-versions'), source: v.string() }),
  v.object({ do: v.literal('sync-source'), source: v.string(), changes: bytes }),
  v.object({ do: v.literal('drop-source'), source: v.string() }),
  v.object({
    do: v.literal('keep-apart'),
    personIds: v.pipe(v.array(id), v.minLength(2), v.maxLength(100)),
    apart: v.boolean(),
  }),
  v.object({ do: v.literal('merge-people'), personIds: v.pipe(v.array(id), v.minLength(2), v.maxLength(100)) }),
  v.object({ do: v.literal('keep-calls'), days: v.nullable(v.number()) }),
  v.object({ do: v.literal('export-calls'), ...historyChoice }),
  v.object({ do: v.literal('identify'), number: v.string() }),
  v.object({ do: v.literal('add-call'), record: callRecordSchema, series: v.nullable(qualitySeriesSchema) }),
  v.object({ do: v.literal('remove-call'), recordId: id }),
  v.object({ do: v.literal('mark-seen') }),
  v.object({ do: v.literal('missed-calls') }),
  v.object({ do: v.literal('facts') }),
  v.object({ do: v.literal('set-note'), recordId: id, note: v.pipe(v.string(), v.maxLength(longestNote)) }),
  v.object({ do: v.literal('add-text'), message: textMessageSchema }),
  v.object({ do: v.literal('text-message'), messageId: id }),
  v.object({ do: v.literal('mark-texts-seen'), number: v.string() }),
  v.object({ do: v.literal('remove-texts'), number: v.string() }),
  v.object({ do: v.literal('unread-texts') }),
  v.object({ do: v.literal('close') }),
]);
export type Task = v.InferOutput<typeof taskSchema>;

export const requestSchema = v.object({ request: v.number(), task: taskSchema });
export type Request = v.InferOutput<typeof requestSchema>;

/** Enough to answer a request whose task is not understood. */
export const numberedSchema = v.object({ request: v.number() });

export const replySchema = v.variant('ok', [
  v.object({ request: v.number(), ok: v.literal(true), value: v.unknown() }),
  v.object({ request: v.number(), ok: v.literal(false), problem: problemSchema }),
]);
export type Reply = v.InferOutput<typeof replySchema>;

/** What was asked when the thread ended, or what cannot be carried on after damage was mended. */
export const interrupted: Problem = {
  code: 'library-interrupted',
  message: 'Contacts and recent calls had to start again, and this was not done. Try it once more.',
};

/** Said without being asked: the database was damaged, and what was done about it. */
export const recoveredSchema = v.object({ recovered: problemSchema });

const personRowSchema: v.GenericSchema<unknown, PersonRow> = v.object({
  id: v.string(),
  name: v.string(),
  company: v.optional(v.string()),
  number: v.optional(phoneNumberSchema),
  numberCount: v.number(),
  favourite: v.boolean(),
  source: v.string(),
  hasPicture: v.optional(v.literal(true)),
});

const letterSchema = v.object({ letter: v.string(), index: v.number() });

/** What each query brings. */
export const resultSchemas: { [T in LibraryQuery['type']]: v.GenericSchema<unknown, QueryResults[T]> } = {
  people: v.object({
    rows: v.array(personRowSchema),
    total: v.number(),
    letters: v.optional(v.array(letterSchema)),
  }),
  favourites: v.array(personRowSchema),
  person: v.nullable(personSchema),
  picture: v.nullable(v.string()),
  duplicates: v.array(v.array(personSchema)),
  'import-rows': v.object({ rows: v.array(importRowSchema), total: v.number() }),
  'past-imports': v.array(pastImportSchema),
  history: v.object({ rows: v.array(callRecordSchema), total: v.number() }),
  'call-quality': v.nullable(qualitySeriesSchema),
  conversations: v.object({
    rows: v.array(v.object({ last: textMessageSchema, unread: v.number() })),
    total: v.number(),
  }),
  messages: v.object({ rows: v.array(textMessageSchema), total: v.number() }),
};

export const identitySchema = v.nullable(
  v.object({
    personId: v.string(),
    name: v.string(),
    company: v.optional(v.string()),
    ringTone: v.optional(personRingToneSchema),
  }),
);

export const mergedSchema = v.object({ person: personSchema, undo: v.string() });

export const openedSchema = v.object({
  recovered: v.nullable(problemSchema),
  /** The file that is still to be checked as a whole; null: it was. */
  unchecked: v.nullable(v.string()),
});

export const checkedSchema = v.nullable(v.string());
