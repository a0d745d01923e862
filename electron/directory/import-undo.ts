// An import of people, and its undo: what each person was before is kept beside what the import made of them.
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';
import { personSchema, type ImportOutcome, type PersonDraft } from '../../contract/index.ts';
import { number, text } from '../store/index.ts';
import type { PeopleTable } from './people-table.ts';

interface Batch {
  source: string;
  drafts: readonly PersonDraft[];
  /** Milliseconds since the epoch. */
  at: number;
}

/** Writes all of a batch; a draft with the id of somebody here changes them. The transaction is the caller's. */
export function importPeople(db: DatabaseSync, table: PeopleTable, { source, drafts, at }: Batch): ImportOutcome {
  const importId = randomUUID();
  // Twice the same person in one file: what they were before all of it stays.
  const note = db.prepare(
    `INSERT INTO import_changes (import, person, before, after, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (import, person) DO UPDATE SET after = excluded.after`,
  );
  let added = 0;
  let changed = 0;
  for (const draft of drafts) {
    const stored = draft.id === undefined ? null : table.find(draft.id);
    const before = stored && !stored.removed ? stored.person : null;
    const favourite = draft.favourite ?? before?.favourite ?? false;
    const id = draft.id ?? randomUUID();
    let key = stored?.key;
    if (key === undefined) key = table.insert({ ...draft, id, favourite, source, sourceKey: null });
    else table.update(key, { ...draft, favourite }, stored?.sourceKey !== null);
    note.run(importId, key, before ? JSON.stringify(before) : null, snapshot(draft), Math.round(at));
    if (before) changed += 1;
    else added += 1;
  }
  return { importId, added, changed };
}

/** Takes an import back, but leaves alone who was edited since. The transaction is the caller's. */
export function undoImport(db: DatabaseSync, table: PeopleTable, importId: string): void {
  const changes = db
    .prepare(
      `SELECT c.person, c.before, c.after, p.id FROM import_changes c JOIN people p ON p.key = c.person
       WHERE c.import = ? AND p.removed_at IS NULL`,
    )
    .all(importId);
  const remove = db.prepare('DELETE FROM people WHERE key = ?');
  for (const change of changes) {
    const key = number(change['person']);
    const now = table.find(text(change['id']));
    if (!now || snapshot(now.person) !== text(change['after'])) continue;
    if (change['before'] === null) remove.run(key);
    else table.update(key, v.parse(personSchema, JSON.parse(text(change['before']))), now.edited);
  }
  db.prepare('DELETE FROM import_changes WHERE import = ?').run(importId);
}

/** What an edit can change, but for the favourite's star. The same for a draft and for the person it became. */
function snapshot(person: PersonDraft): string {
  const { name, company, email, note, picture, groups, ringTone, blocked, numbers } = person;
  const rest = [company, email, note, picture, ringTone].map((value) => value || null);
  return JSON.stringify([
    name,
    ...rest,
    groups ?? [],
    blocked ?? false,
    numbers.map(({ value, kind }) => [value, kind]),
  ]);
}
