// The library's door: people and past calls, kept in SQLite by a worker thread and asked for by message.
import type {
  CallRecord,
  HistoryFilter,
  ImportOutcome,
  Logger,
  Person,
  PersonDraft,
  Problem,
  Query,
  QueryResult,
  SourceState,
} from '../../contract/index.ts';

export type LibraryQuery = Extract<Query, { type: 'people' | 'favourites' | 'person' | 'history' }>;

export interface Library {
  /** Set when a damaged database was put aside at start: what happened and where the old file is. */
  readonly recovered: Problem | null;
  query<Q extends LibraryQuery>(query: Q): Promise<QueryResult<Q>>;
  savePerson(draft: PersonDraft): Promise<Person>;
  removePerson(personId: string): Promise<void>;
  /** Undo of the last removal. */
  restorePerson(personId: string): Promise<void>;
  setFavourite(personId: string, favourite: boolean): Promise<void>;
  /** Adds provisioned people of `source`, replacing those it brought before. */
  replaceSource(source: string, people: readonly PersonDraft[]): Promise<void>;
  /**
   * Writes people of a file in one transaction: a draft with the id of somebody here changes them, all others are new.
   * Everything or nothing; rejects with `disk-full` and the like.
   */
  importPeople(batch: ImportBatch): Promise<ImportOutcome>;
  /** Takes back what an import added and changed; who was edited since stays as they are. */
  undoImport(importId: string): Promise<void>;
  /** Every source with people or a state, in alphabetical order. */
  sourceStates(): Promise<SourceState[]>;
  /** Notes how a sync ended; null: it worked, now. */
  setSourceState(source: string, problem: Problem | null): Promise<void>;
  /** People who look like the same one: same name, or a number in common. */
  duplicates(): Promise<Person[][]>;
  /** Brings the others' numbers, groups and what the first lacks over to the first, and removes the others. */
  mergePeople(personIds: readonly string[]): Promise<Person>;
  /** Forgets calls that ended before this, ms since the epoch. Returns how many. */
  forgetCalls(before: number): Promise<number>;
  /** Calls that match, as CSV that no spreadsheet takes for formulas. */
  exportCalls(query: { filter: HistoryFilter; text?: string }): Promise<string>;
  /** Whose number or address this is: national, international, extension or sip address. */
  identify(number: string): Promise<{ personId: string; name: string; company?: string } | null>;
  addCall(record: CallRecord): Promise<void>;
  removeCall(recordId: string): Promise<void>;
  markSeen(): Promise<void>;
  missedCalls(): Promise<number>;
  close(): Promise<void>;
}

/** People of one file. */
export interface ImportBatch {
  /** `local`: they become contacts like those added here. */
  source: string;
  people: readonly PersonDraft[];
}

/** The worker thread as the library needs it (node:worker_threads Worker fits). */
export interface WorkerLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  terminate(): Promise<number>;
}

export interface LibraryOptions {
  /** Path of the database; made when absent. */
  file: string;
  log: Logger;
  /** `new Worker(dist/library.cjs)` in the app. */
  startWorker: () => WorkerLike;
  /** Milliseconds that a question may take; 10 s when absent. */
  limit?: number;
}

export type OpenLibrary = (options: LibraryOptions) => Promise<Library>;
