// What a sync brings to the store, and what the store knows of a source before it.
import * as v from 'valibot';
import { personDraftSchema } from '../../../contract/index.ts';

/** What the store has of a source: by the key of each card, the version it was copied in. */
export const sourceVersionsSchema = v.object({
  /** Where the last sync ended, as the source understands it; null: there was none. */
  mark: v.nullable(v.string()),
  versions: v.record(v.string(), v.string()),
});
export type SourceVersions = v.InferOutput<typeof sourceVersionsSchema>;

export const sourceChangesSchema = v.object({
  mark: v.nullable(v.string()),
  /** New and changed; null: the card is nobody (a group, or unreadable), and only its version is remembered. */
  changed: v.array(v.object({ key: v.string(), version: v.string(), person: v.nullable(personDraftSchema) })),
  removed: v.array(v.string()),
});
export type SourceChanges = v.InferOutput<typeof sourceChangesSchema>;

export function toBytes(value: SourceVersions | SourceChanges): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** Throws for what is neither JSON nor this. */
export function fromBytes<T>(schema: v.GenericSchema<unknown, T>, bytes: Uint8Array): T {
  return v.parse(schema, JSON.parse(new TextDecoder().decode(bytes)));
}
