// Opens the database: checks it, brings it to the present version, and keeps aside what cannot be used.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DatabaseSync } from 'node:sqlite';
import type { Problem } from '../../contract/index.ts';
import { inspect, isDamage, lockTimeout, pragma } from './inspect.ts';
import { applicationId, migrations as ownMigrations } from './schema.ts';
import { salvage, type Salvaged } from './salvage.ts';
import { freeName, setAside } from './set-aside.ts';
import { transaction } from './sql.ts';

export interface OpenedDatabase {
  db: DatabaseSync;
  /** What had to be done to get a usable database, in words; null when it simply opened. */
  recovered: Problem | null;
  /** All of the file was checked; else it is to be checked while it is used, and {@link recoverDatabase} helps. */
  isChecked: boolean;
}

export interface OpenDatabaseOptions {
  now?: () => Date;
  /** For tests of migrations that do not exist yet. */
  migrations?: readonly string[];
}

/** The write-ahead log and its index belong to the file: apart from it they are worthless, with another they are harmful. */
const companions = ['-wal', '-shm'] as const;

/**
 * Opens or makes the database. Never throws for what is wrong with the file:
 * - damaged, or no database of ours: kept as `FILE.damaged-DATE` with its log, and a new one is made;
 * - made by a newer Hookswitch: not touched; this version uses a file of its own beside it;
 * - not to be opened for writing (permissions, disk): works in memory until quit, with what can be read of the file.
 */
export function openDatabase(file: string, options: OpenDatabaseOptions = {}): OpenedDatabase {
  const { now = () => new Date(), migrations = ownMigrations } = options;
  try {
    mkdirSync(dirname(file), { recursive: true });
    finishRenewal(file);
    const { version, isChecked } = inspect(file);
    if (version > migrations.length) return openBeside(file, migrations, now);
    return { db: open(file, migrations), recovered: null, isChecked };
  } catch (error) {
    if (!isDamage(error)) return openInMemory(file, migrations, error);
    return startAfresh(file, migrations, now, error);
  }
}

function open(file: string, migrations: readonly string[]): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: lockTimeout, enableForeignKeyConstraints: true });
  try {
    // FULL: a call that was written is there after a power cut, too. The log goes into the database when it has 16 MB, not
    // at 4: an import, whose pages lie all over it, would write most of them twice as often.
    db.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 16777216;
       PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -32768`,
    );
    migrate(db, file, migrations);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function migrate(db: DatabaseSync, file: string, migrations: readonly string[]): void {
  const version = pragma(db, 'user_version');
  if (version >= migrations.length) return;
  if (version > 0 && file !== ':memory:') {
    db.prepare('VACUUM INTO ?').run(freeName(`${file}.before-version-${migrations.length}`));
  }
  for (const [index, step] of migrations.entries()) {
    if (index < version) continue;
    transaction(db, () => {
      db.exec(step);
      db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${index + 1}`);
    });
  }
}

function startAfresh(file: string, migrations: readonly string[], now: () => Date, cause: unknown): OpenedDatabase {
  try {
    const recovered = renew({ file, migrations, now, cause });
    return { db: open(file, migrations), recovered, isChecked: true };
  } catch (error) {
    return openInMemory(file, migrations, error);
  }
}

/**
 * Puts a new database with what can be read of `db`, whose file was found to be damaged, in its place, and closes it. Throws
 * what the disk throws; then the damaged one is still there, closed only where even its name could not be changed.
 */
export function recoverDatabase(
  db: DatabaseSync,
  file: string,
  cause: unknown,
  now = () => new Date(),
): { db: DatabaseSync; recovered: Problem } {
  // Closed before it is moved: what was written since it was opened is then in the one file that is kept.
  const recovered = renew({ file, migrations: ownMigrations, now, cause, beforeMove: () => db.close() });
  return { db: open(file, ownMigrations), recovered };
}

interface Renewal {
  file: string;
  migrations: readonly string[];
  now: () => Date;
  cause: unknown;
  beforeMove?: () => void;
}

/** The damaged file stays in its place until the new one is whole: a process that dies on the way loses nothing. */
function renew({ file, migrations, now, cause, beforeMove }: Renewal): Problem {
  const fresh = freshName(file);
  for (const ending of ['', ...companions]) rmSync(fresh + ending, { force: true });
  const db = open(fresh, migrations);
  let saved: Salvaged;
  try {
    saved = salvage(file, db);
  } finally {
    db.close();
  }
  beforeMove?.();
  const aside = setAside(file, now(), companions);
  renameSync(fresh, file);
  return {
    code: 'database-damaged',
    message: `The file with your contacts and recent calls was damaged. It was kept as ${basename(aside)}, and Hookswitch started a new one${broughtOver(saved)}.`,
    detail: `${aside}: ${messageOf(cause)}`,
  };
}

/** The new database while it is filled. */
function freshName(file: string): string {
  return `${file}.new`;
}

/** The process died between the two renamings: the new one is whole and waits for its name. */
function finishRenewal(file: string): void {
  if (!existsSync(file) && !existsSync(`${file}-wal`) && existsSync(freshName(file))) renameSync(freshName(file), file);
}

function broughtOver({ people, calls }: Salvaged): string {
  return people + calls === 0 ? '' : ` with what could be read: ${people} people and ${calls} calls`;
}

function openBeside(file: string, migrations: readonly string[], now: () => Date): OpenedDatabase {
  const own = `${file}.version-${migrations.length}`;
  const opened = openDatabase(own, { migrations, now });
  return {
    db: opened.db,
    isChecked: opened.isChecked,
    recovered: {
      code: 'database-newer',
      message: `Your contacts and recent calls were made by a newer Hookswitch. They are untouched in ${basename(file)}; until you update, this version keeps its own in ${basename(own)}.`,
      detail: opened.recovered?.message ?? file,
    },
  };
}

function openInMemory(file: string, migrations: readonly string[], cause: unknown): OpenedDatabase {
  const db = open(':memory:', migrations);
  const { people, calls } = salvage(unchanging(file), db);
  const what =
    people + calls === 0
      ? 'Your contacts and recent calls cannot be opened.'
      : 'Your contacts and recent calls can be read but not changed.';
  return {
    db,
    isChecked: true,
    recovered: {
      code: 'database-unavailable',
      message: `${what} What you add now is kept only until you quit. Check that ${basename(file)} and its folder can be written and the disk is not full, then start Hookswitch again.`,
      detail: `${file}: ${messageOf(cause)}`,
    },
  };
}

/** Read as it lies there, without lock and log: a read-only disk has no place for those. */
function unchanging(file: string): URL {
  const url = pathToFileURL(resolve(file));
  url.searchParams.set('immutable', '1');
  return url;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
