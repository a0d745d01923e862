// The first page of the directory as it was last, so that a start shows it without reading everybody.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import * as v from 'valibot';

const summarySchema = v.object({
  total: v.number(),
  /** Initials with the index of the first person under each. */
  letters: v.array(v.object({ letter: v.string(), index: v.number() })),
  /** `people.key` of those who stand first. */
  keys: v.array(v.number()),
});
export type Summary = v.InferOutput<typeof summarySchema>;

/** Kept in the database beside the people; whoever changes people forgets it in the same transaction. */
export class PeopleSummary {
  readonly #read: StatementSync;
  readonly #write: StatementSync;
  readonly #forget: StatementSync;

  constructor(db: DatabaseSync) {
    this.#read = db.prepare('SELECT content FROM people_summary');
    this.#write = db.prepare('INSERT OR REPLACE INTO people_summary (only, content) VALUES (1, ?)');
    this.#forget = db.prepare('DELETE FROM people_summary');
  }

  /** null: there is none, or none that can be read. */
  read(): Summary | null {
    const row = this.#read.get();
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), summarySchema), row?.['content']);
    return parsed.success ? parsed.output : null;
  }

  write(summary: Summary): void {
    this.#write.run(JSON.stringify(summary));
  }

  forget(): void {
    this.#forget.run();
  }
}
