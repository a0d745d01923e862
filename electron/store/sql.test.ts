// SQLite's errors as sentences, and transactions that hold.
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Problem } from '../../contract/index.ts';
import { problemOf, transaction } from './sql.ts';

let db: DatabaseSync;

beforeEach(() => {
  db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE notes (text TEXT NOT NULL) STRICT');
});

afterEach(() => db.close());

function write(text: string): void {
  transaction(db, () => db.prepare('INSERT INTO notes VALUES (?)').run(text));
}

function notes(): number {
  return db.prepare('SELECT * FROM notes').all().length;
}

function problem(work: () => void): Problem {
  try {
    work();
  } catch (error) {
    return problemOf(error);
  }
  throw new Error('It worked.');
}

test('a full disk is told, and what was written before is still there', () => {
  write('kept');
  db.exec('PRAGMA max_page_count = 3');
  expect(problem(() => write('x'.repeat(100_000)))).toMatchObject({
    code: 'disk-full',
    message: expect.stringContaining('Free some space'),
  });
  expect(notes()).toBe(1);
  write('small enough');
  expect(notes()).toBe(2);
});

test('a read-only disk is told', () => {
  db.exec('PRAGMA query_only = ON');
  expect(problem(() => write('x'))).toMatchObject({ code: 'library-read-only' });
});

test('what nobody foresaw has a sentence, and its own words as a detail', () => {
  expect(problem(() => db.exec('SELECT * FROM missing'))).toMatchObject({
    code: 'library-failed',
    detail: 'no such table: missing',
  });
});

test('a transaction that fails leaves nothing of itself', () => {
  const failing = () =>
    transaction(db, () => {
      db.exec("INSERT INTO notes VALUES ('half')");
      throw new Error('half way');
    });
  expect(failing).toThrow('half way');
  expect(db.isTransaction).toBe(false);
  expect(notes()).toBe(0);
});
