// Search texts as the present rules make them: after an update with other rules, everybody's is made anew, in steps.
import type { DatabaseSync } from 'node:sqlite';
import { number } from '../store/index.ts';
import type { PeopleTable } from './people-table.ts';

/** Grows whenever search-text.ts makes another text of the same person. 2: groups are found, too. */
const version = 2;

export class SearchTextRenewal {
  readonly #db: DatabaseSync;
  readonly #table: PeopleTable;
  #after = -1;
  #isDone: boolean;
  #hasChanged = false;

  constructor(db: DatabaseSync, table: PeopleTable) {
    this.#db = db;
    this.#table = table;
    const row = db.prepare('SELECT version FROM search_texts').get();
    this.#isDone = row !== undefined && number(row['version']) === version;
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  /** Whether somebody is found by another text than at the start. */
  get hasChanged(): boolean {
    return this.#hasChanged;
  }

  /** Looks at some more people; some milliseconds. The transaction is the caller's. */
  step(): void {
    const { last, changed } = this.#table.renewTexts(this.#after);
    this.#hasChanged ||= changed;
    this.#after = last ?? this.#after;
    if (last !== null) return;
    this.#db.prepare('INSERT OR REPLACE INTO search_texts (only, version) VALUES (1, ?)').run(version);
    this.#isDone = true;
  }

  /** Until the next start: to be found by the text of before is better than not at all. */
  giveUp(): void {
    this.#isDone = true;
  }
}
