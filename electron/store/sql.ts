// Small tools for node:sqlite: values out of rows, transactions, and SQLite's errors in words.
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import * as v from 'valibot';
import { ProblemError, type Problem } from '../../contract/index.ts';

export type Row = Record<string, SQLOutputValue>;

/** A text column. Throws when the column holds anything else. */
export function text(value: SQLOutputValue | undefined): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`The database holds ${typeof value} where text belongs.`);
}

/** An integer or real column. Throws when the column holds anything else. */
export function number(value: SQLOutputValue | undefined): number {
  if (typeof value === 'number') return value;
  throw new TypeError(`The database holds ${typeof value} where a number belongs.`);
}

/** `{ [name]: value }`, or nothing for NULL: optional properties are left out, not undefined. */
export function optional<K extends string, T>(
  name: K,
  value: SQLOutputValue | undefined,
  read: (value: SQLOutputValue | undefined) => T,
): { [P in K]?: T } {
  if (value === null || value === undefined) return {};
  const property: { [P in K]?: T } = {};
  property[name] = read(value);
  return property;
}

/** All or nothing. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite has already rolled back after some errors, such as a full disk.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

const sqliteError = v.object({ errcode: v.number(), message: v.string() });

/** SQLite's primary result code of an error (`SQLITE_FULL` is 13), or null when it is none of SQLite's. */
export function resultCode(error: unknown): number | null {
  const parsed = v.safeParse(sqliteError, error);
  return parsed.success ? parsed.output.errcode & 0xff : null;
}

/** https://www.sqlite.org/rescode.html */
export const SQLITE_BUSY = 5;
export const SQLITE_READONLY = 8;
export const SQLITE_IOERR = 10;
export const SQLITE_CORRUPT = 11;
export const SQLITE_FULL = 13;
export const SQLITE_CANTOPEN = 14;
export const SQLITE_CONSTRAINT = 19;
export const SQLITE_MISMATCH = 20;
export const SQLITE_NOTADB = 26;

/** What went wrong with a request, for the window that sent it. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const detail = error instanceof Error ? error.message : String(error);
  switch (resultCode(error)) {
    case SQLITE_FULL:
      return {
        code: 'disk-full',
        message: 'The disk is full, so this was not saved. Free some space and try again.',
        detail,
      };
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
      return {
        code: 'library-read-only',
        message: 'Contacts and recent calls can be read but not changed: the disk or the folder is read-only.',
        detail,
      };
    case SQLITE_BUSY:
      return {
        code: 'library-busy',
        message: 'Another program is using the contacts and recent calls. Close it and try again.',
        detail,
      };
    case SQLITE_IOERR:
      return {
        code: 'library-disk-error',
        message: 'The disk reported an error, so this was not saved. Try again, and look after the disk.',
        detail,
      };
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {
        code: 'library-damaged',
        message:
          'The file with contacts and recent calls is damaged. Quit Hookswitch and start it again: it keeps the damaged file and makes a new one.',
        detail,
      };
    default:
      return { code: 'library-failed', message: 'This did not work, and nothing was changed. Try again.', detail };
  }
}
