// The tables `people_undo` and `import_changes`: what imports and merges did, and for how long it can be taken back.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { PastImport } from '../../contract/index.ts';
import { number, text } from '../store/index.ts';

/** Milliseconds for which an import can be taken back. */
const undoTime = 90 * 24 * 3_600_000;
/** More of them are not listed. */
const mostListed = 100;
/** Changes forgotten in one step: some milliseconds. */
const forgottenAtOnce = 500;

export interface UndoEntry {
  id: string;
  /** The file of an import; null: a merge. */
  file: string | null;
  /** Milliseconds since the epoch. */
  at: number;
  added: number;
  changed: number;
}

/** Prepared statements over one database. Transactions are the caller's. */
export class UndoTable {
  readonly #db: DatabaseSync;
  readonly #note: StatementSync;
  readonly #noteChange: StatementSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    // Prepared once: an import of 100,000 people notes itself 2,500 times.
    this.#note = db.prepare(
      `INSERT INTO people_undo (id, kind, file, at, added, changed) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET added = added + excluded.added, changed = changed + excluded.changed`,
    );
    // Twice the same person in one file: what they were before all of it stays.
    this.#noteChange = db.prepare(
      `INSERT INTO import_changes (import, person, before, after, at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (import, person) DO UPDATE SET after = excluded.after`,
    );
  }

  /** Of an import that goes on, `added` and `changed` are what came since it was noted last. */
  note({ id, file, at, added, changed }: UndoEntry): void {
    this.#note.run(id, file === null ? 'merge' : 'import', file, Math.round(at), added, changed);
  }

  /** @param before the person as JSON; null: they were added */
  noteChange(id: string, person: number, before: string | null, after: string, at: number): void {
    this.#noteChange.run(id, person, before, after, Math.round(at));
  }

  forget(id: string): void {
    this.#db.prepare('DELETE FROM people_undo WHERE id = ?').run(id);
  }

  /** Imports that can still be taken back, the last first. Not those of which nobody is here any more. */
  pastImports(now: number): PastImport[] {
    const rows = this.#db
      .prepare(
        `SELECT id, file, at, added, changed FROM people_undo WHERE kind = 'import' AND at >= ?
           AND EXISTS (SELECT 1 FROM import_changes WHERE import = people_undo.id)
         ORDER BY at DESC, id LIMIT ${mostListed}`,
      )
      .all(Math.round(now - undoTime));
    return rows.map((row) => ({
      id: text(row['id']),
      file: row['file'] === null ? null : text(row['file']),
      at: number(row['at']),
      added: number(row['added']),
      changed: number(row['changed']),
    }));
  }

  /** Forgets some of what is too long ago to be taken back. Returns whether there may be more. */
  forgetSome(now: number): boolean {
    const old = this.#db.prepare('SELECT id FROM people_undo WHERE at < ? LIMIT 1').get(Math.round(now - undoTime));
    if (!old) return false;
    const id = text(old['id']);
    const { changes } = this.#db
      .prepare(
        `DELETE FROM import_changes WHERE import = :id AND person IN
           (SELECT person FROM import_changes WHERE import = :id LIMIT ${forgottenAtOnce})`,
      )
      .run({ id });
    if (changes < forgottenAtOnce) this.forget(id);
    return true;
  }
}
