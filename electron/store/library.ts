// The library's client in the main process: typed questions to the worker thread. Main never waits for a disk.
import * as v from 'valibot';
import {
  importStateSchema,
  personSchema,
  sourceStateSchema,
  type Problem,
  type QueryResults,
} from '../../contract/index.ts';
import { databaseFactsSchema } from './facts.ts';
import {
  bytes,
  identitySchema,
  mergedSchema,
  openedSchema,
  resultSchemas,
  textMessageSchema,
  type Task,
} from './messages.ts';
import { LaterCheck } from './later-check.ts';
import type { LibraryQuery, OpenLibrary } from './types.ts';
import { WorkerLink } from './worker-link.ts';

/** Milliseconds that a question may take; all of them take a few. */
const usualLimit = 10_000;
/** Opening may check the whole file; replacing writes thousands of people. */
const longLimit = 120_000;
const closeLimit = 2000;
/** Milliseconds from the opening to the check of the whole file: the window is up by then, and its list is made. */
const usualCheckAfter = 5000;
const importNow = v.nullable(importStateSchema);

/**
 * Starts the worker and opens the database, which is made when absent. What was wrong with the file is told by
 * `whenRecovered`; rejects with ProblemError only when the worker itself does not start. Every method rejects with ProblemError.
 */
export const openLibrary: OpenLibrary = async (options) => {
  const { file, log, startWorker, limit = usualLimit, checkAfter = usualCheckAfter } = options;
  const reopen: Task = { do: 'open', file };
  const told = new Set<Problem>();
  const listeners = new Set<(problem: Problem) => void>();
  const tell = (problem: Problem) => {
    log.warn('The database is not as it was left.', { problem });
    told.add(problem);
    for (const listener of listeners) listener(problem);
  };
  const opened = (answer: unknown): void => {
    const { recovered, unchecked } = v.parse(openedSchema, answer);
    if (recovered) tell(recovered);
    if (unchecked !== null) check.begin(unchecked, checkAfter);
  };
  const link = new WorkerLink({ startWorker, log, reopen, reopened: opened, recovered: tell });
  const check = new LaterCheck({ startWorker, log, ask: (task) => link.ask(task, longLimit) });
  opened(await link.ask(reopen, longLimit));

  const ask = (task: Task) => link.ask(task, limit);
  return {
    whenRecovered(listener) {
      listeners.add(listener);
      for (const problem of told) listener(problem);
    },
    query: async <Q extends LibraryQuery>(query: Q) => result<Q['type']>(query.type, await ask({ do: 'query', query })),
    savePerson: async (draft) => v.parse(personSchema, await ask({ do: 'save-person', draft })),
    removePerson: async (personId) => void (await ask({ do: 'remove-person', personId })),
    restorePerson: async (personId) => void (await ask({ do: 'restore-person', personId })),
    setFavourite: async (personId, favourite) => void (await ask({ do: 'set-favourite', personId, favourite })),
    replaceSource: async (source, people) =>
      void (await link.ask({ do: 'replace-source', source, people: [...people] }, longLimit)),
    readImport: async (given) => v.parse(importStateSchema, await ask({ do: 'read-import', ...given })),
    stepImport: async () => v.parse(importNow, await ask({ do: 'step-import' })),
    writeImport: async () => void (await ask({ do: 'write-import' })),
    cancelImport: async () => v.parse(importNow, await ask({ do: 'cancel-import' })),
    closeImport: async () => void (await ask({ do: 'close-import' })),
    undoImport: async (importId) => v.parse(importStateSchema, await ask({ do: 'undo-import', importId })),
    async undoPeople(undo) {
      let more = true;
      while (more) more = v.parse(v.boolean(), await ask({ do: 'undo-people', undo }));
    },
    exportPeople: async (format) => v.parse(v.string(), await link.ask({ do: 'export-people', format }, longLimit)),
    blockedNumbers: async () => v.parse(v.array(v.string()), await ask({ do: 'blocked-numbers' })),
    sourceStates: async () => v.parse(v.array(sourceStateSchema), await ask({ do: 'source-states' })),
    setSourceState: async (source, problem) => void (await ask({ do: 'set-source-state', source, problem })),
    sourceVersions: async (source) => v.parse(bytes, await ask({ do: 'source-versions', source })),
    syncSource: async (source, changes) =>
      v.parse(v.boolean(), await link.ask({ do: 'sync-source', source, changes }, longLimit)),
    dropSource: async (source) => void (await link.ask({ do: 'drop-source', source }, longLimit)),
    mergePeople: async (personIds) =>
      v.parse(mergedSchema, await ask({ do: 'merge-people', personIds: [...personIds] })),
    keepApart: async (personIds, apart) => void (await ask({ do: 'keep-apart', personIds: [...personIds], apart })),
    keepCalls: async (days) => v.parse(v.number(), await link.ask({ do: 'keep-calls', days }, longLimit)),
    exportCalls: async (query) => v.parse(v.string(), await link.ask({ do: 'export-calls', ...query }, longLimit)),
    identify: async (number) => v.parse(identitySchema, await ask({ do: 'identify', number })),
    addCall: async (record, series = null) => void (await ask({ do: 'add-call', record, series })),
    removeCall: async (recordId) => void (await ask({ do: 'remove-call', recordId })),
    markSeen: async () => void (await ask({ do: 'mark-seen' })),
    missedCalls: async () => v.parse(v.number(), await ask({ do: 'missed-calls' })),
    facts: async () => v.parse(databaseFactsSchema, await link.ask({ do: 'facts' }, longLimit)),
    setNote: async (recordId, note) => void (await ask({ do: 'set-note', recordId, note })),
    addText: async (message) => void (await ask({ do: 'add-text', message })),
    textMessage: async (messageId) =>
      v.parse(v.nullable(textMessageSchema), await ask({ do: 'text-message', messageId })),
    markTextsSeen: async (number) => void (await ask({ do: 'mark-texts-seen', number })),
    removeTexts: async (number) => void (await ask({ do: 'remove-texts', number })),
    unreadTexts: async () => v.parse(v.number(), await ask({ do: 'unread-texts' })),
    close: () => {
      check.stop();
      return link.close(closeLimit);
    },
  };
};

function result<T extends LibraryQuery['type']>(type: T, value: unknown): QueryResults[T] {
  const schema: v.GenericSchema<unknown, QueryResults[T]> = resultSchemas[type];
  return v.parse(schema, value);
}
