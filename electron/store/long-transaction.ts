// A transaction that stays open over several steps of a long work, whose commits would cost more than the work itself.
import type { DatabaseSync } from 'node:sqlite';

/** All else that writes has to {@link LongTransaction.settle} it first: one connection has one transaction. */
export class LongTransaction {
  readonly #db: DatabaseSync;
  #isOpen = false;
  #lost: { error: unknown } | null = null;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** Runs a part of it; the first begins it. Throws what the database throws: then nothing since the last commit is written. */
  add(work: () => void): void {
    this.#tell();
    if (!this.#isOpen) this.#db.exec('BEGIN IMMEDIATE');
    this.#isOpen = true;
    this.#orNothing(work);
  }

  /** Throws as {@link add} does. */
  commit(): void {
    this.#tell();
    if (!this.#isOpen) return;
    this.#orNothing(() => this.#db.exec('COMMIT'));
    this.#isOpen = false;
  }

  /** Commits, for others who write. Never throws: what goes wrong is told to whoever adds or commits next. */
  settle(): void {
    if (!this.#isOpen) return;
    try {
      this.commit();
    } catch (error) {
      this.#lost = { error };
    }
  }

  #tell(): void {
    const lost = this.#lost;
    this.#lost = null;
    if (lost) throw lost.error;
  }

  #orNothing(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#isOpen = false;
      // SQLite has already rolled back after some errors, such as a full disk.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }
}
