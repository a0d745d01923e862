// People: the directory's cards, and the rows that lists show of them.
import * as v from 'valibot';
import { problemSchema } from './problem.ts';
import { personRingToneSchema } from './sound.ts';

export const phoneNumberSchema = v.object({
  /** As typed or imported: "+41 44 123 45 67", "4410", "nora@example.com". */
  value: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(256)),
  kind: v.picklist(['work', 'mobile', 'home', 'extension', 'sip', 'other']),
});
export type PhoneNumber = v.InferOutput<typeof phoneNumberSchema>;

export const personSchema = v.object({
  id: v.string(),
  name: v.pipe(v.string(), v.trim(), v.minLength(1, 'A person needs a name.'), v.maxLength(256)),
  company: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(256))),
  email: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(256))),
  note: v.optional(v.pipe(v.string(), v.maxLength(4096))),
  numbers: v.array(phoneNumberSchema),
  favourite: v.boolean(),
  /** `data:image/png` or `data:image/jpeg`, base64. */
  picture: v.optional(v.pipe(v.string(), v.maxLength(262_144), v.regex(/^data:image\/(png|jpeg);base64,[\w+/=]+$/))),
  groups: v.optional(v.pipe(v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(64))), v.maxLength(64))),
  /** Their own ring tone; the usual one when absent. */
  ringTone: v.optional(personRingToneSchema),
  /** On the block list: their calls do not ring. */
  blocked: v.optional(v.boolean()),
  /** `local`, or the name of the source it came from. */
  source: v.string(),
});
export type Person = v.InferOutput<typeof personSchema>;

/** A person as a list shows it: with the number that a click on the name calls (the last used first). */
export interface PersonRow {
  id: string;
  name: string;
  company?: string;
  /** Absent when the person has no number. */
  number?: PhoneNumber;
  numberCount: number;
  favourite: boolean;
  source: string;
  /** There is one, to be asked for when the row is drawn. */
  hasPicture?: true;
}

/** How a source of people is doing: what its last sync brought, or why it brought nothing. */
export const sourceStateSchema = v.object({
  source: v.string(),
  /** Last sync that worked, ms since the epoch; null: none yet. */
  syncedAt: v.nullable(v.number()),
  /** People it has here. */
  people: v.number(),
  /** What went wrong with the last sync; null when it worked. */
  problem: v.nullable(problemSchema),
});
export type SourceState = v.InferOutput<typeof sourceStateSchema>;

export const personDraftSchema = v.object({ ...v.partial(personSchema, ['id', 'source', 'favourite']).entries });
export type PersonDraft = v.InferOutput<typeof personDraftSchema>;

/** What an import changes of a person. */
export const importChangeSchema = v.picklist(['numbers', 'company', 'email', 'note', 'picture', 'groups']);
export type ImportChange = v.InferOutput<typeof importChangeSchema>;

/** How an import of a file is doing. It is looked at after `read`, before anything is written. */
export const importStateSchema = v.variant('name', [
  /** `share`: 0 to 1. */
  v.object({ name: v.literal('reading'), file: v.string(), share: v.number() }),
  v.object({ name: v.literal('read'), file: v.string(), added: v.number(), changed: v.number(), skipped: v.number() }),
  /** `importId` undoes it. */
  v.object({
    name: v.literal('writing'),
    file: v.string(),
    importId: v.string(),
    done: v.number(),
    total: v.number(),
  }),
  v.object({
    name: v.literal('written'),
    file: v.string(),
    importId: v.string(),
    added: v.number(),
    changed: v.number(),
  }),
  v.object({
    name: v.literal('undoing'),
    importId: v.string(),
    file: v.nullable(v.string()),
    done: v.number(),
    total: v.number(),
  }),
  /** `kept`: who was changed since, and stays as they are. */
  v.object({ name: v.literal('undone'), file: v.nullable(v.string()), kept: v.number() }),
  /** `undoing`: the import that is taken back in part; the rest still can be. */
  v.object({
    name: v.literal('failed'),
    file: v.nullable(v.string()),
    problem: problemSchema,
    undoing: v.optional(v.string()),
  }),
]);
export type ImportState = v.InferOutput<typeof importStateSchema>;

/** An import that can still be taken back. */
export const pastImportSchema = v.object({
  id: v.string(),
  /** Its name; null where an earlier version did not keep it. */
  file: v.nullable(v.string()),
  /** When it began; milliseconds since the epoch. */
  at: v.number(),
  /** People it wrote; fewer than the file has, where it was interrupted. */
  added: v.number(),
  changed: v.number(),
});
export type PastImport = v.InferOutput<typeof pastImportSchema>;

/** A part of what an import would do. */
export const importShowSchema = v.picklist(['new', 'changed', 'skipped']);
export type ImportShow = v.InferOutput<typeof importShowSchema>;

/** One entry of the file, or one fault in it. */
export const importRowSchema = v.object({
  /** Line in the file, from 1. */
  line: v.number(),
  /** null where there is no person to be read. */
  name: v.nullable(v.string()),
  company: v.nullable(v.string()),
  number: v.nullable(v.string()),
  /** What becomes of a person who is here already. */
  changes: v.array(importChangeSchema),
  /** Why it is skipped: a sentence. */
  why: v.nullable(v.string()),
});
export type ImportRow = v.InferOutput<typeof importRowSchema>;

export const peopleFormatSchema = v.picklist(['vcard', 'csv']);
export type PeopleFormat = v.InferOutput<typeof peopleFormatSchema>;
