// Imports and merges of people, and their undo: what each person was before is kept beside what was made of them.
import { hash, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';
import { personSchema, type PersonDraft } from '../../contract/index.ts';
import { number, text } from '../store/index.ts';
import { merged } from './duplicates.ts';
import { orderedId } from './ordered-id.ts';
import type { PeopleTable, StoredPerson } from './people-table.ts';
import { personContent } from './person-content.ts';

export interface Imported {
  /** With the id of somebody here: changes them. */
  draft: PersonDraft;
  /** Of the draft, where that is known already. */
  content?: string;
}

interface Batch {
  importId: string;
  source: string;
  people: readonly Imported[];
  /** Milliseconds since the epoch. */
  at: number;
}

/** People taken back in one transaction. */
const undoneAtOnce = 200;

// Twice the same person in one file: what they were before all of it stays.
const insertChange = `INSERT INTO import_changes (import, person, before, after, at) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (import, person) DO UPDATE SET after = excluded.after`;

/** Names an import or a merge. It stands beside each of its people, twice: short. */
export function undoId(): string {
  return randomBytes(9).toString('base64url');
}

/** Writes all of a batch. The transaction is the caller's. */
export function importPeople(db: DatabaseSync, table: PeopleTable, { importId, source, people, at }: Batch): void {
  const noted = db.prepare(insertChange);
  for (const { draft, content } of people) {
    const stored = draft.id === undefined ? null : table.find(draft.id);
    const before = stored && !stored.removed ? stored.person : null;
    const favourite = draft.favourite ?? before?.favourite ?? false;
    const id = draft.id ?? orderedId(at);
    let key = stored?.key;
    if (key === undefined) key = table.insert({ ...draft, id, favourite, source, sourceKey: null });
    else table.update(key, { ...draft, favourite }, stored?.sourceKey !== null);
    noted.run(
      importId,
      key,
      before ? JSON.stringify(before) : null,
      mark(trace(draft, false, content)),
      Math.round(at),
    );
  }
}

/** Makes one person of several, the first, to be undone like an import. The transaction is the caller's. */
export function mergePeople(db: DatabaseSync, table: PeopleTable, people: readonly StoredPerson[], at: number): string {
  const undo = undoId();
  const [kept, ...others] = people;
  if (!kept) return undo;
  const noted = db.prepare(insertChange);
  const whole = merged(people.map(({ person }) => person));
  table.update(kept.key, whole, kept.sourceKey !== null);
  noted.run(undo, kept.key, JSON.stringify(kept.person), mark(trace(whole, false)), Math.round(at));
  const remove = db.prepare('UPDATE people SET removed_at = ? WHERE key = ?');
  for (const { key, person } of others) {
    if (key === kept.key) continue;
    remove.run(at, key);
    noted.run(undo, key, JSON.stringify(person), mark(trace(person, true)), Math.round(at));
  }
  return undo;
}

/**
 * Takes back some of an import or a merge, and leaves alone who was edited since. Returns whether there is more. The
 * transaction is the caller's.
 */
export function undoSome(db: DatabaseSync, table: PeopleTable, importId: string): boolean {
  const changes = db
    .prepare(
      `SELECT c.person, c.before, c.after, p.id FROM import_changes c JOIN people p ON p.key = c.person
       WHERE c.import = ? LIMIT ${undoneAtOnce}`,
    )
    .all(importId);
  const remove = db.prepare('DELETE FROM people WHERE key = ?');
  const forget = db.prepare('DELETE FROM import_changes WHERE import = ? AND person = ?');
  for (const change of changes) {
    const key = number(change['person']);
    const now = table.find(text(change['id']));
    if (now && isMarked(trace(now.person, now.removed), text(change['after']))) {
      if (change['before'] === null) remove.run(key);
      else table.update(key, v.parse(personSchema, JSON.parse(text(change['before']))), now.edited);
    }
    forget.run(importId, key);
  }
  return changes.length === undoneAtOnce;
}

/** Characters of a mark, six bits each. */
const markLength = 22;

/** Stands for a trace, which is longer than the person: an import of 100,000 people writes a third less. */
function mark(traced: string): string {
  return digest(traced).slice(0, markLength);
}

function digest(traced: string): string {
  return hash('sha256', traced, 'base64url');
}

/** Earlier versions kept the whole digest, and before that the trace itself. */
function isMarked(traced: string, kept: string): boolean {
  return (kept.length >= markLength && digest(traced).startsWith(kept)) || kept === traced;
}

function trace(person: PersonDraft, removed: boolean, content = personContent(person)): string {
  return removed ? `removed ${content}` : content;
}
