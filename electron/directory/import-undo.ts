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
import type { UndoTable } from './undo-table.ts';

export interface Imported {
  /** With the id of somebody here: changes them. */
  draft: PersonDraft;
  /** Of the draft, where that is known already. */
  content?: string;
}

/** Over one database. */
interface Tables {
  db: DatabaseSync;
  table: PeopleTable;
  undo: UndoTable;
}

interface Batch {
  importId: string;
  /** Its name. */
  file: string;
  source: string;
  people: readonly Imported[];
  /** Milliseconds since the epoch. */
  at: number;
}

/** People taken back in one transaction. */
const undoneAtOnce = 100;

/** Names an import or a merge. It stands beside each of its people, twice: short. */
export function undoId(): string {
  return randomBytes(9).toString('base64url');
}

/** Writes all of a batch. The transaction is the caller's. */
export function importPeople(table: PeopleTable, undo: UndoTable, batch: Batch): void {
  const { importId, file, source, people, at } = batch;
  let changed = 0;
  for (const { draft, content } of people) {
    const stored = draft.id === undefined ? null : table.find(draft.id);
    const before = stored && !stored.removed ? stored.person : null;
    if (before) changed += 1;
    const favourite = draft.favourite ?? before?.favourite ?? false;
    const id = draft.id ?? orderedId(at);
    let key = stored?.key;
    if (key === undefined) key = table.insert({ ...draft, id, favourite, source, sourceKey: null });
    else table.update(key, { ...draft, favourite }, stored?.sourceKey !== null);
    undo.noteChange(importId, key, before && JSON.stringify(before), mark(trace(draft, false, content)), at);
  }
  // With its people, so that an import that is interrupted is known for what it wrote.
  undo.note({ id: importId, file, at, added: people.length - changed, changed });
}

/** Makes one person of several, the first, to be undone like an import. The transaction is the caller's. */
export function mergePeople({ db, table, undo }: Tables, people: readonly StoredPerson[], at: number): string {
  const id = undoId();
  const [kept, ...others] = people;
  if (!kept) return id;
  const whole = merged(people.map(({ person }) => person));
  table.update(kept.key, whole, kept.sourceKey !== null);
  undo.noteChange(id, kept.key, JSON.stringify(kept.person), mark(trace(whole, false)), at);
  const remove = db.prepare('UPDATE people SET removed_at = ? WHERE key = ?');
  for (const { key, person } of others) {
    if (key === kept.key) continue;
    remove.run(at, key);
    undo.noteChange(id, key, JSON.stringify(person), mark(trace(person, true)), at);
  }
  undo.note({ id, file: null, at, added: 0, changed: people.length });
  return id;
}

/** A part of an undo. */
export interface Undone {
  people: number;
  /** Of these, who was changed since and stays. */
  kept: number;
  isLast: boolean;
}

/** Takes back some of an import or a merge, and leaves alone who was edited since. The transaction is the caller's. */
export function undoSome({ db, table, undo }: Tables, importId: string): Undone {
  const changes = db
    .prepare(
      `SELECT c.person, c.before, c.after, p.id FROM import_changes c JOIN people p ON p.key = c.person
       WHERE c.import = ? LIMIT ${undoneAtOnce}`,
    )
    .all(importId);
  const remove = db.prepare('DELETE FROM people WHERE key = ?');
  const forget = db.prepare('DELETE FROM import_changes WHERE import = ? AND person = ?');
  let kept = 0;
  for (const change of changes) {
    const key = number(change['person']);
    const now = table.find(text(change['id']));
    if (now && isMarked(trace(now.person, now.removed), text(change['after']))) {
      if (change['before'] === null) remove.run(key);
      else table.update(key, v.parse(personSchema, JSON.parse(text(change['before']))), now.edited);
    } else if (now && !now.removed) kept += 1;
    forget.run(importId, key);
  }
  const isLast = changes.length < undoneAtOnce;
  if (isLast) undo.forget(importId);
  return { people: changes.length, kept, isLast };
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
