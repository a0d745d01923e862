// Opens the database: checks it, brings it to the present version, and keeps aside what cannot be used.
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DatabaseSync } from 'node:sqlite';
import type { Problem } from '../../contract/index.ts';
import { applicationId, migrations as ownMigrations } from './schema.ts';
import { salvage, type Salvaged } from './salvage.ts';
import { freeName, setAside } from './set-aside.ts';
import { number, resultCode, SQLITE_CORRUPT, SQLITE_NOTADB, text, transaction } from './sql.ts';

export interface OpenedDatabase {
  db: DatabaseSync;
  /** What had to be done to get a usable database, in words; null when it simply opened. */
  recovered: Problem | null;
}

export interface OpenDatabaseOptions {
  now?: () => Date;
  /** For tests of migrations that do not exist yet. */
  migrations?: readonly string[];
}

/** The write-ahead log and its index belong to the file: apart from it they are worthless, with another they are harmful. */
const companions = ['-wal', '-shm'] as const;
/** Milliseconds to wait for another process's lock. */
const lockTimeout = 5000;

class Damage extends Error {}

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
    const found = inspect(file);
    if (found > migrations.length) return openBeside(file, migrations, now);
    return { db: open(file, migrations), recovered: null };
  } catch (error) {
    if (!isDamage(error)) return openInMemory(file, migrations, error);
    return startAfresh(file, migrations, now, error);
  }
}

/** Looks without writing, so that a damaged file and its log are kept byte for byte. Returns the version; 0: none yet. */
function inspect(file: string): number {
  if (!existsSync(file)) {
    // SQLite would delete a log whose database is gone.
    if (existsSync(`${file}-wal`)) throw new Damage('The database is gone and only its log is left.');
    return 0;
  }
  if (statSync(file).size === 0) throw new Damage('The file is empty.');
  const db = new DatabaseSync(file, { readOnly: true, timeout: lockTimeout });
  try {
    const version = pragma(db, 'user_version');
    const tables = number(db.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.['tables']);
    if (tables > 0 && pragma(db, 'application_id') !== applicationId)
      throw new Damage('It belongs to another program.');
    // A tenth of integrity_check's time (70 ms for 100,000 people), for it does not hold each index against its table.
    const verdict = text(db.prepare('PRAGMA quick_check(1)').get()?.['quick_check']);
    if (verdict !== 'ok') throw new Damage(verdict);
    return version;
  } finally {
    db.close();
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

function pragma(db: DatabaseSync, name: 'user_version' | 'application_id'): number {
  return number(db.prepare(`PRAGMA ${name}`).get()?.[name]);
}

function isDamage(error: unknown): boolean {
  const code = resultCode(error);
  return error instanceof Damage || code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}

function startAfresh(file: string, migrations: readonly string[], now: () => Date, cause: unknown): OpenedDatabase {
  try {
    const aside = setAside(file, now(), companions);
    const db = open(file, migrations);
    return {
      db,
      recovered: {
        code: 'database-damaged',
        message: `The file with your contacts and recent calls was damaged. It was kept as ${basename(aside)}, and Hookswitch started a new one${broughtOver(salvage(aside, db))}.`,
        detail: `${aside}: ${messageOf(cause)}`,
      },
    };
  } catch (error) {
    return openInMemory(file, migrations, error);
  }
}

function broughtOver({ people, calls }: Salvaged): string {
  return people + calls === 0 ? '' : ` with what could be read: ${people} people and ${calls} calls`;
}

function openBeside(file: string, migrations: readonly string[], now: () => Date): OpenedDatabase {
  const own = `${file}.version-${migrations.length}`;
  const opened = openDatabase(own, { migrations, now });
  return {
    db: opened.db,
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
