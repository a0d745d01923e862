// The library's worker thread: people and calls on one database. The composition root of its thread, as main.ts is of its.
import type { DatabaseSync } from 'node:sqlite';
import { parentPort } from 'node:worker_threads';
import * as v from 'valibot';
import { ProblemError, type Problem } from '../../contract/index.ts';
import { createDirectory, type Directory } from '../directory/index.ts';
import { createHistory, createTexts, type History, type Texts } from '../history/index.ts';
import { openDatabase, recoverDatabase } from './database.ts';
import { databaseFacts } from './facts.ts';
import { checkWhole, isDamage } from './inspect.ts';
import { interrupted, numberedSchema, requestSchema, type Reply, type Task } from './messages.ts';
import { problemOf, transaction } from './sql.ts';

interface Shelves {
  db: DatabaseSync;
  directory: Directory;
  history: History;
  texts: Texts;
}

const main = parentPort;
if (!main) throw new Error('library-worker.ts runs in a worker thread.');

let shelves: Shelves | null = null;

/** Milliseconds that others have between two steps of the index. */
const pause = 4;
/** Milliseconds from a look at the list to the making of the index: the window is painted then. */
const afterLook = 500;
/** The same where the window stays closed, as at login. */
const unseen = 5000;
const lookSchema = v.object({
  task: v.object({ do: v.literal('query'), query: v.object({ type: v.literal('people') }) }),
});

/** Milliseconds of an import in one go: who calls is looked up between two of them. */
const importStep = 8;

main.on('message', (message: unknown) => {
  const reply = answer(message);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  if (reply) main.postMessage(reply);
  keepWarm(message);
  // With its port closed and nothing left to do, the thread ends.
  if (isClosed) main.close();
});

let isClosed = false;
let cannotMend = false;

function answer(message: unknown): Reply | null {
  const parsed = v.safeParse(requestSchema, message);
  if (!parsed.success) return notUnderstood(message);
  const { request, task } = parsed.output;
  try {
    return { request, ok: true, value: orMended(task) ?? null };
  } catch (error) {
    return { request, ok: false, problem: problemOf(error) };
  }
}

/** Who asks while the file is damaged loses nothing by it: it is mended, and they are answered. */
function orMended(task: Task): unknown {
  try {
    return carryOut(task);
  } catch (error) {
    if (!isDamage(error) || !shelves || !mend(shelves, messageOf(error))) throw error;
    // What it wrote is there; its file has to be read once more.
    if (task.do === 'step-import') throw new ProblemError(interrupted);
    return carryOut(task);
  }
}

function notUnderstood(message: unknown): Reply | null {
  const numbered = v.safeParse(numberedSchema, message);
  if (!numbered.success) return null;
  const problem: Problem = {
    code: 'library-request-invalid',
    message: 'This could not be read, so nothing was changed. Check what you typed.',
    detail:
      v
        .safeParse(requestSchema, message)
        .issues?.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`)
        .join('; ') ?? '',
  };
  return { request: numbered.output.request, ok: false, problem };
}

/** All others write, and an import's transaction must not hold what they were told is kept. */
const onlyReading: ReadonlySet<Task['do']> = new Set(['step-import', 'query', 'identify', 'facts']);

function carryOut(task: Task): unknown {
  if (!onlyReading.has(task.do)) shelves?.directory.settle();
  if (task.do === 'open') return open(task.file);
  if (task.do === 'check') return damageOf(task.file);
  if (task.do === 'close') return close();
  if (!shelves) throw new Error('The library is not open.');
  const { db, directory, history, texts } = shelves;
  switch (task.do) {
    case 'mend':
      return mendIfDamaged(shelves);
    case 'query':
      return query(task.query, shelves);
    case 'save-person':
      return directory.save(task.draft);
    case 'remove-person':
      return directory.remove(task.personId);
    case 'restore-person':
      return directory.restore(task.personId);
    case 'set-favourite':
      return directory.setFavourite(task.personId, task.favourite);
    case 'replace-source':
      return directory.replaceSource(task.source, task.people);
    case 'read-import':
      return directory.readImport(task);
    case 'step-import':
      return directory.stepImport(importStep);
    case 'write-import':
      return directory.writeImport();
    case 'cancel-import':
      return directory.cancelImport();
    case 'close-import':
      return directory.closeImport();
    case 'undo-import':
      return directory.undoImport(task.importId);
    case 'undo-people':
      return directory.undo(task.undo);
    case 'export-people':
      return directory.export(task.format);
    case 'blocked-numbers':
      return directory.blockedNumbers();
    case 'source-states':
      return directory.sourceStates();
    case 'set-source-state':
      return directory.setSourceState(task.source, task.problem);
    case 'source-versions':
      return directory.sourceVersions(task.source);
    case 'sync-source':
      return directory.syncSource(task.source, task.changes);
    case 'drop-source':
      return directory.dropSource(task.source);
    case 'merge-people':
      return directory.merge(task.personIds);
    case 'keep-apart':
      return directory.keepApart(task.personIds, task.apart);
    case 'keep-calls':
      return history.keepFor(task.days);
    case 'export-calls':
      return history.export(task);
    case 'identify':
      return directory.identify(task.number);
    case 'add-call': {
      const { record, series } = task;
      transaction(db, () => history.add(record, series));
      // Only calls that the user placed: nobody can change what a click dials by calling.
      if (record.direction === 'outgoing' && record.personId !== undefined) {
        directory.called(record.personId, record.number, record.startedAt);
      }
      return;
    }
    case 'remove-call':
      return history.remove(task.recordId);
    case 'mark-seen':
      return history.markSeen();
    case 'missed-calls':
      return history.missed();
    case 'facts':
      return databaseFacts(db, db.location() ?? '');
    case 'set-note':
      return history.setNote(task.recordId, task.note);
    case 'add-text':
      return transaction(db, () => texts.add(task.message));
    case 'text-message':
      return texts.one(task.messageId);
    case 'mark-texts-seen':
      return texts.markSeen(task.number);
    case 'remove-texts':
      return texts.remove(task.number);
    case 'unread-texts':
      return texts.unread();
  }
}

function query(task: Extract<Task, { do: 'query' }>['query'], { directory, history, texts }: Shelves): unknown {
  switch (task.type) {
    case 'people':
      return directory.people(task);
    case 'favourites':
      return directory.favourites();
    case 'person':
      return directory.person(task.personId);
    case 'picture':
      return directory.picture(task.personId);
    case 'duplicates':
      return directory.duplicates();
    case 'import-rows':
      return directory.importRows(task);
    case 'past-imports':
      return directory.pastImports();
    case 'history':
      return history.page(task);
    case 'call-quality':
      return history.series(task.callId);
    case 'conversations':
      return texts.conversations(task);
    case 'messages':
      return texts.page(task);
    default:
      throw new Error(`"${task.type}" is not asked of the library.`);
  }
}

function open(file: string): { recovered: Problem | null; unchecked: string | null } {
  close();
  isClosed = false;
  cannotMend = false;
  const { db, recovered, isChecked } = openDatabase(file);
  const { directory, texts } = (shelves = fill(db));
  texts.giveUp('Hookswitch was closed before it was sent.');
  // After the answer, for nobody waits for it.
  setImmediate(() => tidy(directory));
  forgetting = setTimeout(forgetSome, unseen);
  return { recovered, unchecked: isChecked ? null : db.location() };
}

function fill(db: DatabaseSync): Shelves {
  return { db, directory: createDirectory(db), history: createHistory(db), texts: createTexts(db) };
}

function damageOf(file: string): string | null {
  try {
    checkWhole(file);
    return null;
  } catch (error) {
    if (!isDamage(error)) throw error;
    return messageOf(error);
  }
}

/** Looks once more: it may have been mended since it was checked. */
function mendIfDamaged(open: Shelves): boolean {
  const damage = damageOf(open.db.location() ?? '');
  return damage !== null && mend(open, damage);
}

/**
 * The file is damaged, though the start did not see it: brings over what can be read, and says so. Returns false where that
 * cannot be done, once; then the file is used as it is.
 */
function mend({ db }: Shelves, damage: string): boolean {
  const file = db.location();
  if (cannotMend || file === null) return false;
  try {
    const { db: renewed, recovered } = recoverDatabase(db, file, damage);
    shelves = fill(renewed);
    say(recovered);
    return true;
  } catch (error) {
    cannotMend = true;
    if (!db.isOpen) shelves = fill(openDatabase(file).db);
    say({
      code: 'library-damaged',
      message:
        'The file with contacts and recent calls is damaged, and what can be read of it could not be brought over. Free some space on the disk, then quit Hookswitch and start it again.',
      detail: `${damage}; ${problemOf(error).detail ?? messageOf(error)}`,
    });
    return false;
  } finally {
    hasBegun = false;
  }
}

function say(recovered: Problem): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  main?.postMessage({ recovered });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function tidy(directory: Directory): void {
  try {
    directory.purge();
  } catch {
    // A read-only or full disk: whoever asks next is told; this was only to be early.
  }
}

let forgetting: NodeJS.Timeout | null = null;

/** What imports of long ago did to 100,000 people takes its time: when the app has started, and others get their turn between. */
function forgetSome(): void {
  forgetting = null;
  if (!shelves || isClosed) return;
  try {
    if (shelves.directory.forgetImports()) forgetting = setTimeout(forgetSome, pause);
  } catch {
    // A read-only or full disk: the next start tries again.
  }
}

let warming: NodeJS.Timeout | null = null;
let hasBegun = false;

/**
 * Makes the index before a key is pressed that needs it, but not while the app starts, which needs the processor for
 * the window: when the list has been looked at, or nobody did for a while. Others get their turn between the steps.
 */
function keepWarm(message: unknown): void {
  if (!shelves || isClosed) return;
  if (hasBegun) return warmIn(pause);
  warming ??= setTimeout(warmSome, unseen);
  if (isLook(message)) warmIn(afterLook);
}

function warmIn(ms: number): void {
  clearTimeout(warming ?? undefined);
  warming = setTimeout(warmSome, ms);
}

function isLook(message: unknown): boolean {
  return v.is(lookSchema, message);
}

function warmSome(): void {
  warming = null;
  hasBegun = true;
  if (!shelves || isClosed) return;
  const { directory } = shelves;
  const until = performance.now() + importStep;
  try {
    if (directory.warm()) return;
    while (performance.now() < until) if (directory.warm()) return directory.remember();
    warmIn(pause);
  } catch {
    // Whoever asks next is told.
  }
}

function close(): void {
  isClosed = true;
  clearTimeout(warming ?? undefined);
  clearTimeout(forgetting ?? undefined);
  warming = null;
  forgetting = null;
  hasBegun = false;
  try {
    shelves?.directory.remember();
  } catch {
    // A read-only or full disk: the next start reads everybody.
  }
  shelves?.db.close();
  shelves = null;
}
