// People: the directory's cards, and the rows that lists show of them.
import * as v from 'valibot';
import { problemSchema } from './problem.ts';

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
  /** Their own ring tone's name; the usual one when absent. */
  ringTone: v.optional(v.pipe(v.string(), v.maxLength(256))),
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

/** What an import did; `importId` undoes it. */
export const importOutcomeSchema = v.object({ importId: v.string(), added: v.number(), changed: v.number() });
export type ImportOutcome = v.InferOutput<typeof importOutcomeSchema>;

export const personDraftSchema = v.object({ ...v.partial(personSchema, ['id', 'source', 'favourite']).entries });
export type PersonDraft = v.InferOutput<typeof personDraftSchema>;
