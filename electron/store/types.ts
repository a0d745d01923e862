// The library's door: people and past calls, kept in SQLite by a worker thread and asked for by message.
import type {
  CallRecord,
  ImportState,
  Logger,
  PeopleFormat,
  Person,
  PersonRingTone,
  PersonDraft,
  Problem,
  QualitySeries,
  Query,
  QueryResult,
  SourceState,
  TextMessage,
} from '../../contract/index.ts';
import type { DatabaseFacts } from './facts.ts';

export type LibraryQuery = Extract<
  Query,
  {
    type:
      | 'people'
      | 'favourites'
      | 'person'
      | 'picture'
      | 'duplicates'
      | 'import-rows'
      | 'past-imports'
      | 'history'
      | 'call-quality'
      | 'conversations'
      | 'messages';
  }
>;

/** Calls of a list, as for the query `history`. */
export type HistoryChoice = Omit<Extract<Query, { type: 'history' }>, 'type' | 'offset' | 'limit'>;

export interface Identity {
  personId: string;
  name: string;
  company?: string;
  ringTone?: PersonRingTone;
}

export interface Library {
  /**
   * Calls for each damage that was found, also before this: at the opening, by the check of the whole file while it is used,
   * or by who met it. The problem says what was done about it and where the old file is.
   */
  whenRecovered(listener: (problem: Problem) => void): void;
  query<Q extends LibraryQuery>(query: Q): Promise<QueryResult<Q>>;
  savePerson(draft: PersonDraft): Promise<Person>;
  removePerson(personId: string): Promise<void>;
  /** Undo of the last removal. */
  restorePerson(personId: string): Promise<void>;
  setFavourite(personId: string, favourite: boolean): Promise<void>;
  /** Adds provisioned people of `source`, replacing those it brought before. */
  replaceSource(source: string, people: readonly PersonDraft[]): Promise<void>;
  /** Begins to read a vCard, CSV or LDIF file; `stepImport` carries it on. An import before it is forgotten. */
  readImport(file: { name: string; bytes: Uint8Array }): Promise<ImportState>;
  /** A short step of the import, so that searches and calls have their turn; null: there is none. */
  stepImport(): Promise<ImportState | null>;
  /** Begins to write what was read, by further steps. */
  writeImport(): Promise<void>;
  /** Forgets the import. Where something is written: begins to take it back, by further steps. */
  cancelImport(): Promise<ImportState | null>;
  /** Forgets the import and keeps what it wrote. */
  closeImport(): Promise<void>;
  /** Begins to take back an import of earlier, by further steps; in place of the import that was read before. */
  undoImport(importId: string): Promise<ImportState>;
  /** Takes back an import or a merge; who was edited since stays as they are. */
  undoPeople(undo: string): Promise<void>;
  /** Everybody, as text of a file; CSV that no spreadsheet takes for formulas. */
  exportPeople(format: PeopleFormat): Promise<string>;
  /** Numbers and addresses of people who are blocked. */
  blockedNumbers(): Promise<string[]>;
  /** Every source with people or a state, in alphabetical order. */
  sourceStates(): Promise<SourceState[]>;
  /** Notes how a sync ended; null: it worked, now. */
  setSourceState(source: string, problem: Problem | null): Promise<void>;
  /** What is here of a source that is copied card by card: JSON for the thread that syncs it. */
  sourceVersions(source: string): Promise<Uint8Array>;
  /** Carries out what that thread found, in one transaction, and notes that the sync worked. True: somebody changed. */
  syncSource(source: string, changes: Uint8Array): Promise<boolean>;
  /** Forgets a source with its people; those edited here stay. */
  dropSource(source: string): Promise<void>;
  /** These look alike and are several people, or after all they may be one. */
  keepApart(personIds: readonly string[], apart: boolean): Promise<void>;
  /** Brings the others' numbers, groups and what the first lacks over to the first, and removes the others. */
  mergePeople(personIds: readonly string[]): Promise<{ person: Person; undo: string }>;
  /** From now on keeps calls for this many days; null: for good. Returns how many were forgotten at once. */
  keepCalls(days: number | null): Promise<number>;
  /** Calls that match, as CSV that no spreadsheet takes for formulas. */
  exportCalls(query: HistoryChoice): Promise<string>;
  /** Whose number or address this is: national, international, extension or sip address. */
  identify(number: string): Promise<Identity | null>;
  /** `series`: how it was heard, point by point. */
  addCall(record: CallRecord, series?: QualitySeries | null): Promise<void>;
  removeCall(recordId: string): Promise<void>;
  markSeen(): Promise<void>;
  missedCalls(): Promise<number>;
  /** What the database is like, without a row of it. */
  facts(): Promise<DatabaseFacts>;
  /** What the person wrote about a call; empty takes it away. */
  setNote(recordId: string, note: string): Promise<void>;
  /** Writes a message, or what became of it. */
  addText(message: TextMessage): Promise<void>;
  textMessage(messageId: string): Promise<TextMessage | null>;
  markTextsSeen(number: string): Promise<void>;
  /** Removes the whole conversation. */
  removeTexts(number: string): Promise<void>;
  unreadTexts(): Promise<number>;
  close(): Promise<void>;
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
  /** Milliseconds from the opening to the check of the whole file; 5 s when absent. */
  checkAfter?: number;
}

export type OpenLibrary = (options: LibraryOptions) => Promise<Library>;
