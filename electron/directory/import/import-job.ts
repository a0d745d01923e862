// One import: a file is read and compared, looked at, written, and taken back, all in short steps between which others get their turn.
import type {
  ImportRow,
  ImportShow,
  ImportState,
  PageOf,
  PastImport,
  Person,
  PersonDraft,
} from '../../../contract/index.ts';
import { undoId, type Imported, type Undone } from '../import-undo.ts';
import { personContent } from '../person-content.ts';
import { nameKey } from '../search-text.ts';
import { compare, type Verdict } from './compare.ts';
import { readFile } from './read-file.ts';
import type { Entry, Parsed } from './types.ts';

/** What the import needs of the directory. */
export interface ImportShelf {
  /** Folded names of the contacts here with the ids of who has them; in parts, for there may be many. */
  names(): Generator<readonly { name: string; id: string }[]>;
  person(id: string): Person | null;
  /** Writes some, for good with the next commit: by {@link commit}, or because others write. */
  write(its: { importId: string; file: string }, people: readonly Imported[]): void;
  commit(): void;
  /** Takes back some of what was written. */
  takeBack(importId: string): Undone;
  /** All is written or taken back, for all to find: the index is no longer true. */
  done(): void;
}

interface Decided {
  entry: Entry;
  /** Of the person in the file. */
  content: string;
  verdict: Exclude<Verdict, { what: 'same' }>;
}

/** People written in one step: some milliseconds. */
const batch = 40;
/** Steps of one transaction. Numbers lie all over their index: the more come at once, the fewer times its pages are written. */
const inOneCommit = 125;

export class ImportJob {
  readonly #id: string;
  readonly #shelf: ImportShelf;
  readonly #rows: Record<ImportShow, ImportRow[]> = { new: [], changed: [], skipped: [] };
  #decided: Decided[] = [];
  #written = 0;
  #state: ImportState;
  #work: Generator<void, void> | null = null;

  private constructor(id: string, shelf: ImportShelf, state: ImportState) {
    this.#id = id;
    this.#shelf = shelf;
    this.#state = state;
  }

  static ofFile({ name: file, bytes }: { name: string; bytes: Uint8Array }, shelf: ImportShelf): ImportJob {
    const job = new ImportJob(undoId(), shelf, { name: 'reading', file, share: 0 });
    job.#work = job.#read(file, bytes);
    return job;
  }

  /** Takes back what was imported earlier. */
  static backOf({ id: importId, file, added, changed }: PastImport, shelf: ImportShelf): ImportJob {
    const total = added + changed;
    const job = new ImportJob(importId, shelf, { name: 'undoing', importId, file, done: 0, total });
    job.#work = job.#undo(file, total);
    return job;
  }

  get state(): ImportState {
    return this.#state;
  }

  /** Works on for about this many milliseconds, one step at least. Throws what the database throws; then nothing since the last commit is written. */
  step(budget: number): ImportState {
    const until = performance.now() + budget;
    // However late it is: whoever asks must not take the state before this work for its end.
    do this.#next();
    while (this.#work && performance.now() < until);
    return this.#state;
  }

  #next(): void {
    try {
      if (this.#work?.next().done) this.#work = null;
    } catch (error) {
      this.#work = null;
      // What was committed before is there.
      this.#shelf.done();
      throw error;
    }
  }

  /** Begins to write what was read; no more than once. */
  write(): void {
    if (this.#state.name === 'read') this.#work = this.#write(this.#state.file);
  }

  /** Begins to take back what is written. Returns false when there is nothing to take back. */
  cancel(): boolean {
    if (this.#state.name !== 'writing' && this.#state.name !== 'written') return false;
    const { file } = this.#state;
    this.#work = this.#undo(file, this.#written);
    this.#state = { name: 'undoing', importId: this.#id, file, done: 0, total: this.#written };
    return true;
  }

  rows(show: ImportShow, offset: number, limit: number): PageOf<ImportRow> {
    const rows = this.#rows[show];
    return { rows: rows.slice(offset, offset + limit), total: rows.length };
  }

  *#read(file: string, bytes: Uint8Array): Generator<void, void> {
    const parsed: Parsed = { entries: [], faults: [] };
    for (const share of readFile(file, bytes, parsed)) {
      this.#state = { name: 'reading', file, share: share * 0.7 };
      yield;
    }
    const byName = new Map<string, string[]>();
    for (const some of this.#shelf.names()) {
      for (const { name, id } of some) byName.set(name, [...(byName.get(name) ?? []), id]);
      yield;
    }
    for (const share of this.#compare(parsed, byName)) {
      this.#state = { name: 'reading', file, share: 0.7 + 0.3 * share };
      yield;
    }
    this.#rows.skipped.push(...parsed.faults.map(({ line, why }) => row({ line, why })));
    this.#rows.skipped.sort((a, b) => a.line - b.line);
    const { new: added, changed, skipped } = this.#rows;
    this.#state = {
      name: 'read',
      file,
      added: added.length,
      changed: changed.length,
      skipped: skipped.length,
    };
  }

  /** Yields how far it is, 0 to 1. */
  *#compare({ entries }: Parsed, byName: ReadonlyMap<string, readonly string[]>): Generator<number, void> {
    const inFile = new Map<string, number>();
    for (const [index, entry] of entries.entries()) {
      const content = personContent(entry.person);
      const earlier = inFile.get(content);
      if (earlier !== undefined) {
        this.#skip(entry, `The same person stands in line ${earlier}.`);
        continue;
      }
      inFile.set(content, entry.line);
      // Into an empty directory nobody's name has to be folded.
      const ids = byName.size === 0 ? [] : (byName.get(nameKey(entry.person.name)) ?? []);
      const verdict = compare(
        entry.person,
        ids.flatMap((id) => this.#shelf.person(id) ?? []),
      );
      if (verdict.what === 'same') this.#skip(entry, 'Already in your contacts, with nothing new.');
      else this.#keep({ entry, content, verdict });
      yield index / entries.length;
    }
  }

  #keep(decided: Decided): void {
    const { entry, verdict } = decided;
    this.#decided.push(decided);
    const changes = verdict.what === 'changed' ? verdict.changes : [];
    this.#rows[verdict.what].push(row({ line: entry.line, person: entry.person, changes }));
  }

  #skip({ line, person }: Entry, why: string): void {
    this.#rows.skipped.push(row({ line, person, why }));
  }

  *#write(file: string): Generator<void, void> {
    const importId = this.#id;
    const { length: total } = this.#decided;
    const changed = this.#rows.changed.length;
    for (let done = 0; done < total; done += batch) {
      this.#state = { name: 'writing', file, importId, done, total };
      this.#shelf.write({ importId, file }, this.#decided.slice(done, done + batch).map(imported));
      this.#written = Math.min(done + batch, total);
      yield;
      if ((done / batch) % inOneCommit !== inOneCommit - 1) continue;
      this.#shelf.commit();
      yield;
    }
    this.#shelf.commit();
    yield;
    this.#shelf.done();
    this.#state = { name: 'written', file, importId, added: total - changed, changed };
  }

  *#undo(file: string | null, total: number): Generator<void, void> {
    const importId = this.#id;
    let kept = 0;
    for (let done = 0, isLast = false; !isLast;) {
      const undone = this.#shelf.takeBack(importId);
      ({ isLast } = undone);
      done += undone.people;
      kept += undone.kept;
      this.#state = { name: 'undoing', importId, file, done, total };
      yield;
    }
    this.#shelf.done();
    this.#state = { name: 'undone', file, kept };
  }
}

function imported({ entry, content, verdict }: Decided): Imported {
  return verdict.what === 'new' ? { draft: entry.person, content } : { draft: verdict.person };
}

function row(what: {
  line: number;
  person?: PersonDraft;
  changes?: ImportRow['changes'];
  why?: string | null;
}): ImportRow {
  const { line, person, changes = [], why = null } = what;
  return {
    line,
    name: person?.name ?? null,
    company: person?.company ?? null,
    number: person?.numbers[0]?.value ?? null,
    changes,
    why,
  };
}
