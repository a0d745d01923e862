// The directory: people in the database, their order and search in memory. Lives in the library's worker thread.
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import {
  ProblemError,
  type ImportRow,
  type ImportShow,
  type ImportState,
  type PageOf,
  type PastImport,
  type PeopleFormat,
  type Person,
  type PersonDraft,
  type PersonRow,
  type Problem,
  type SourceState,
} from '../../contract/index.ts';
import { LongTransaction, transaction } from '../store/index.ts';
import { duplicates, keepApart } from './duplicates.ts';
import { Identification, type Identity } from './identify.ts';
import { writeCsv, writeVcard } from './import/export.ts';
import { ImportJob, type ImportShelf } from './import/import-job.ts';
import { importPeople, mergePeople, undoSome } from './import-undo.ts';
import { KeptIndex } from './kept-index.ts';
import type { PeopleIndex } from './people-index.ts';
import { PeopleSummary } from './people-summary.ts';
import { PeopleTable, type StoredPerson } from './people-table.ts';
import { tokens } from './search-text.ts';
import { SearchTextRenewal } from './search-text-renewal.ts';
import { searchTable } from './table-search.ts';
import { setSourceState, sourceStates } from './source-state.ts';
import { fromBytes, sourceChangesSchema, toBytes } from './servers/changes.ts';
import { dropSource, sourceVersions, syncSource } from './source-sync.ts';
import { replaceSource } from './source.ts';
import { UndoTable } from './undo-table.ts';

export interface Directory {
  /** Loads a part of the index, which the first search would load as a whole; after an update search texts come first. Returns whether it is there. */
  warm(): boolean;
  /** Commits what an import has open. To be called before anything else writes into the database. */
  settle(): void;
  /** Keeps the first page for the next start, if the index is there to tell it. */
  remember(): void;
  /** Deletes for good who was removed 30 days ago. */
  purge(): void;
  /** Forgets some of what imports of 90 days ago did. Returns whether there is more. */
  forgetImports(): boolean;
  people(query: { text: string; offset: number; limit: number }): PageOf<PersonRow> & {
    letters?: { letter: string; index: number }[];
  };
  favourites(): PersonRow[];
  person(personId: string): Person | null;
  save(draft: PersonDraft): Person;
  /** The person can be restored for 30 days. */
  remove(personId: string): void;
  restore(personId: string): void;
  setFavourite(personId: string, favourite: boolean): void;
  replaceSource(source: string, drafts: readonly PersonDraft[]): void;
  /** Begins to read a file, in place of what was imported before. */
  readImport(file: { name: string; bytes: Uint8Array }): ImportState;
  /** Carries the import on for about this many milliseconds; null: there is none. */
  stepImport(budget: number): ImportState | null;
  /** Begins to write what was read. */
  writeImport(): void;
  /** Forgets the import; what it wrote is taken back by further steps. */
  cancelImport(): ImportState | null;
  /** Forgets the import and keeps what it wrote. */
  closeImport(): void;
  importRows(query: { show: ImportShow; offset: number; limit: number }): PageOf<ImportRow>;
  /** Those that can still be taken back, the last first. */
  pastImports(): PastImport[];
  /** Begins to take back one of them, in place of what was imported before. */
  undoImport(importId: string): ImportState;
  /** Takes back some of an import or a merge. Returns whether there is more. */
  undo(id: string): boolean;
  /** Everybody, as text of a file. */
  export(format: PeopleFormat): string;
  /** A data URL; null where there is none. */
  picture(personId: string): string | null;
  /** Numbers and addresses whose calls do not ring. */
  blockedNumbers(): string[];
  /** JSON of SourceVersions. */
  sourceVersions(source: string): Uint8Array;
  /** `changes`: JSON of SourceChanges. Returns whether anybody changed. */
  syncSource(source: string, changes: Uint8Array): boolean;
  dropSource(source: string): void;
  sourceStates(): SourceState[];
  setSourceState(source: string, problem: Problem | null): void;
  duplicates(): Person[][];
  /** They look alike and are several people, so they are no {@link duplicates}; with `apart` false they may be again. */
  keepApart(personIds: readonly string[], apart: boolean): void;
  /** All become the first; `undo` takes it back. */
  merge(personIds: readonly string[]): { person: Person; undo: string };
  identify(number: string): Identity | null;
  /** A call was placed: this number is now the one that a click on the name calls. */
  called(personId: string, number: string, at: number): void;
}

/** Milliseconds for which a removed person can be restored. */
const undoTime = 30 * 24 * 3_600_000;
/** Steps of a millisecond for which a search waits for an index that is made anew: it is there where people are few. */
const patience = 40;
/** The same where there is none yet and the table answers: more than a thousand people take. */
const firstPatience = 32;
/** People of the list's first page, and some more. */
const firstPage = 200;
/** The source of people who were added here. */
const local = 'local';

const importGone: Problem = {
  code: 'import-gone',
  message: 'This import is taken back already, or was too long ago. Remove its people one by one.',
};

/** Opens the directory over a migrated database. */
export function createDirectory(db: DatabaseSync, now: () => number = Date.now): Directory {
  const table = new PeopleTable(db);
  const undo = new UndoTable(db);
  const identification = new Identification(db);
  const summary = new PeopleSummary(db);
  /** Of the import. */
  const writing = new LongTransaction(db);
  const index = new KeptIndex(table);
  const renewal = new SearchTextRenewal(db, table);
  let job: ImportJob | null = null;
  let letters: { letter: string; index: number }[] | null = null;

  /** For somebody who waits: as they are now, or where there are too many to wait for, as they were; null: ask the table. */
  function searched(): PeopleIndex | null {
    const most = index.latest ? patience : firstPatience;
    for (let steps = 0; !index.load(); steps += 1) if (steps >= most) break;
    return index.latest;
  }

  /** All that changes who is there or in what order. */
  function changing<T>(work: () => T): T {
    writing.settle();
    return transaction(db, () => {
      summary.forget();
      return work();
    });
  }

  /** After an update. Returns whether nothing is left to do. A disk that refuses is tried again at the next start. */
  function renewTexts(): boolean {
    if (renewal.isDone) return true;
    try {
      changing(() => renewal.step());
    } catch {
      renewal.giveUp();
    }
    if (renewal.isDone && renewal.hasChanged) renew();
    return renewal.isDone;
  }

  /** A page of everybody without the index: who opens the window does not wait for it. */
  function pageOfTable(offset: number, limit: number) {
    const { total, letters: first, keys } = summary.read() ?? { ...table.letters(), keys: [] };
    const isKept = Math.min(offset + limit, total) <= keys.length;
    const page = isKept ? keys.slice(offset, offset + limit) : table.page(offset, limit);
    return { rows: table.rows(page), total, letters: first };
  }

  /** Who a source brought may be found a moment later; a search is quick meanwhile. */
  function renew(): void {
    index.renew();
    letters = null;
  }

  /** Who was imported, and sees that it is done, looks for them now. */
  function forget(): void {
    index.forget();
    letters = null;
  }

  /** Runs a change of these people and carries it over into the index. */
  function change<T>(keys: readonly number[], work: () => T): T {
    letters = null;
    return index.change(keys, () => changing(work));
  }

  /** The index stays as it is until all is written; then the table answers until it is made anew. */
  const shelf: ImportShelf = {
    names: () => table.names(local),
    person: (id) => table.find(id)?.person ?? null,
    write: (its, people) =>
      writing.add(() => {
        summary.forget();
        importPeople(table, undo, { ...its, source: local, people, at: now() });
      }),
    commit: () => writing.commit(),
    takeBack: (importId) => changing(() => undoSome({ db, table, undo }, importId)),
    done: forget,
  };

  function existing(personId: string): StoredPerson {
    const stored = table.find(personId);
    if (stored) return stored;
    throw new ProblemError({ code: 'person-gone', message: 'This person is no longer in your contacts.' });
  }

  return {
    warm: () => renewTexts() && index.load(),
    settle: () => writing.settle(),

    remember() {
      const { whole } = index;
      if (!whole || summary.read()) return;
      summary.write({ total: whole.size, letters: whole.letters(), keys: whole.page(0, firstPage) });
    },

    purge() {
      // Who was removed from a source stays noted, or the source would bring them back.
      db.prepare('DELETE FROM people WHERE removed_at < ? AND source_key IS NULL').run(now() - undoTime);
    },

    forgetImports() {
      writing.settle();
      return transaction(db, () => undo.forgetSome(now()));
    },

    people({ text, offset, limit }) {
      if (text.trim() === '' && !index.whole) return pageOfTable(offset, limit);
      const all = searched();
      if (all && text.trim() === '') {
        letters ??= all.letters();
        return { rows: table.rows(all.page(offset, limit)), total: all.size, letters };
      }
      const wanted = tokens(text);
      const { keys, total } = all?.search(text, wanted, offset, limit) ?? searchTable(table, wanted, offset, limit);
      return { rows: table.rows(keys), total };
    },

    favourites: () => table.favourites(),

    person(personId) {
      const stored = table.find(personId);
      return stored && !stored.removed ? stored.person : null;
    },

    save(draft) {
      const stored = draft.id === undefined ? null : table.find(draft.id);
      const id = draft.id ?? randomUUID();
      const favourite = draft.favourite ?? stored?.person.favourite ?? false;
      const key = change(stored && !stored.removed ? [stored.key] : [], () => {
        if (!stored) return table.insert({ ...draft, id, favourite, source: draft.source ?? local, sourceKey: null });
        table.update(stored.key, { ...draft, favourite }, stored.sourceKey !== null);
        return stored.key;
      });
      index.add(key);
      return existing(id).person;
    },

    remove(personId) {
      const stored = table.find(personId);
      if (!stored || stored.removed) return;
      change([stored.key], () => db.prepare('UPDATE people SET removed_at = ? WHERE key = ?').run(now(), stored.key));
    },

    restore(personId) {
      const stored = existing(personId);
      if (!stored.removed) return;
      change([], () => db.prepare('UPDATE people SET removed_at = NULL WHERE key = ?').run(stored.key));
      index.add(stored.key);
    },

    setFavourite(personId, favourite) {
      const { key } = existing(personId);
      change([key], () => db.prepare('UPDATE people SET favourite = ? WHERE key = ?').run(Number(favourite), key));
      index.add(key);
    },

    replaceSource(source, drafts) {
      changing(() => replaceSource(db, table, source, drafts));
      renew();
    },

    readImport(file) {
      job = ImportJob.ofFile(file, shelf);
      return job.state;
    },

    stepImport: (budget) => job?.step(budget) ?? null,
    writeImport: () => job?.write(),

    cancelImport() {
      if (!job?.cancel()) job = null;
      return job?.state ?? null;
    },

    closeImport() {
      job = null;
    },

    importRows: ({ show, offset, limit }) => job?.rows(show, offset, limit) ?? { rows: [], total: 0 },

    pastImports: () => undo.pastImports(now()),

    undoImport(importId) {
      const past = undo.pastImports(now()).find(({ id }) => id === importId);
      if (!past) throw new ProblemError(importGone);
      job = ImportJob.backOf(past, shelf);
      return job.state;
    },

    undo(id) {
      const { isLast } = changing(() => undoSome({ db, table, undo }, id));
      if (isLast) forget();
      return !isLast;
    },

    export: (format) => (format === 'vcard' ? writeVcard(table.all()) : writeCsv([...table.all()])),
    picture: (personId) => table.picture(personId),
    blockedNumbers: () => table.blockedNumbers(),

    sourceVersions: (source) => toBytes(sourceVersions(db, source)),

    syncSource(source, bytes) {
      const changes = fromBytes(sourceChangesSchema, bytes);
      const isChanged = changing(() => {
        const changed = syncSource(db, table, source, changes);
        setSourceState(db, source, null, now());
        return changed;
      });
      if (isChanged) renew();
      return isChanged;
    },

    dropSource(source) {
      if (changing(() => dropSource(db, source))) renew();
    },

    sourceStates: () => sourceStates(db),
    setSourceState: (source, problem) => setSourceState(db, source, problem, now()),
    duplicates: () => duplicates(db, table),

    keepApart(personIds, apart) {
      const keys = personIds.map((personId) => existing(personId).key);
      writing.settle();
      transaction(db, () => keepApart(db, keys, apart));
    },

    merge(personIds) {
      const people = personIds.map((personId) => existing(personId));
      const there = people.filter(({ removed }) => !removed).map(({ key }) => key);
      const id = change(there, () => mergePeople({ db, table, undo }, people, now()));
      const kept = existing(personIds[0] ?? '');
      index.add(kept.key);
      return { person: kept.person, undo: id };
    },

    identify: (caller) => identification.identify(caller),

    called(personId, dialled, at) {
      const stored = table.find(personId);
      if (!stored || stored.removed) return;
      change([stored.key], () => table.used(stored.key, dialled, at));
      index.add(stored.key);
    },
  };
}
