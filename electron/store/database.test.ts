// Opening the database: new, sound, damaged, foreign, newer, out of reach.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, type OpenedDatabase } from './database.ts';
import { migrations } from './schema.ts';

const now = () => new Date(2026, 10, 22, 19, 20, 31);
const stamp = 'damaged-2026-11-22-192031';
let folder: string;
let file: string;
const opened: DatabaseSync[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'database-'));
  file = join(folder, 'hookswitch.db');
});

afterEach(() => {
  for (const db of opened.splice(0)) if (db.isOpen) db.close();
  rmSync(folder, { recursive: true });
});

function open(options: { migrations?: readonly string[] } = {}): OpenedDatabase {
  const result = openDatabase(file, { now, ...options });
  opened.push(result.db);
  return result;
}

function addCall({ db }: OpenedDatabase, id: string): void {
  db.prepare(
    `INSERT INTO calls (id, account, direction, number, result, started_at, ended_at, seen, words)
     VALUES (?, 'a', 'incoming', '1', 'missed', 1, 1, 0, '')`,
  ).run(id);
}

function calls({ db }: OpenedDatabase): unknown[] {
  return db
    .prepare('SELECT id FROM calls ORDER BY key')
    .all()
    .map((row) => row['id']);
}

test('a new database is made with its folder, and keeps what is written', () => {
  file = join(folder, 'deep', 'er', 'hookswitch.db');
  const first = open();
  expect(first.recovered).toBeNull();
  addCall(first, 'one');
  first.db.close();
  const again = open();
  expect(again.recovered).toBeNull();
  expect(calls(again)).toEqual(['one']);
});

test('it writes ahead and waits for the disk at each commit', () => {
  const { db } = open();
  expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
  expect(db.prepare('PRAGMA wal_autocheckpoint').get()).toEqual({ wal_autocheckpoint: 4000 });
  expect(db.prepare('PRAGMA foreign_keys').get()).toEqual({ foreign_keys: 1 });
});

test('what was committed is there after the process died without closing', () => {
  const running = open();
  addCall(running, 'committed');
  // What a crash leaves: the files as they are, the log not yet in the database.
  const crashed = join(folder, 'crashed.db');
  for (const ending of ['', '-wal']) copyFileSync(file + ending, crashed + ending);
  expect(statSync(`${crashed}-wal`).size).toBeGreaterThan(0);
  file = crashed;
  const again = open();
  expect(again.recovered).toBeNull();
  expect(calls(again)).toEqual(['committed']);
});

test.each([
  ['text instead of a database', () => writeFileSync(file, 'Dear diary, this is not a database.'.repeat(200))],
  ['an empty file', () => writeFileSync(file, '')],
  ['half a database', () => truncateSync(file, Math.floor(statSync(file).size / 2))],
  ['a database with a page of noise', () => spoil(4096, 4096)],
  ['a database with a spoiled head', () => spoil(0, 64)],
  ['a file of zeros', () => writeFileSync(file, Buffer.alloc(65_536))],
])('%s is kept aside byte for byte, and a new one is made with what can be read', (what, damage) => {
  const first = open();
  first.db.exec('BEGIN');
  for (let id = 0; id < 200; id += 1) addCall(first, String(id));
  first.db.exec('COMMIT');
  first.db.close();
  damage();
  const damaged = readFileSync(file);

  const again = open();
  expect(again.recovered).toMatchObject({
    code: 'database-damaged',
    message: expect.stringContaining(`kept as hookswitch.db.${stamp}`),
    detail: expect.stringContaining(join(folder, `hookswitch.db.${stamp}`)),
  });
  expect(readFileSync(`${file}.${stamp}`)).toEqual(damaged);
  // Only the people's page was spoiled: all calls are there.
  const saved = what.includes('a page of noise') ? Array.from({ length: 200 }, (_, id) => String(id)) : [];
  expect(calls(again)).toEqual(saved);
  addCall(again, 'new');
  again.db.close();
  expect(open().recovered).toBeNull();
});

function spoil(from: number, length: number): void {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, from, from + length);
  writeFileSync(file, bytes);
}

test('the log goes with the damaged database, and a second one never overwrites the first', () => {
  for (const round of ['first', 'second']) {
    writeFileSync(file, `${round} damaged file`);
    writeFileSync(`${file}-wal`, `${round} log`);
    open().db.close();
  }
  const kept = readdirSync(folder).filter((name) => name.includes('damaged') && !name.endsWith('-shm'));
  expect(kept.sort()).toEqual(
    [stamp, `${stamp}-2`, `${stamp}-2-wal`, `${stamp}-wal`].map((end) => `hookswitch.db.${end}`),
  );
  expect(readFileSync(`${file}.${stamp}`, 'utf8')).toBe('first damaged file');
  expect(readFileSync(`${file}.${stamp}-wal`, 'utf8')).toBe('first log');
  expect(readFileSync(`${file}.${stamp}-2-wal`, 'utf8')).toBe('second log');
});

test('a log whose database is gone is kept, where SQLite would delete it', () => {
  writeFileSync(`${file}-wal`, 'committed calls');
  expect(open().recovered?.code).toBe('database-damaged');
  expect(readFileSync(`${file}.${stamp}-wal`, 'utf8')).toBe('committed calls');
});

test("another program's database is kept aside, too", () => {
  const other = new DatabaseSync(file);
  other.exec('CREATE TABLE recipes (name TEXT); PRAGMA user_version = 1');
  other.close();
  expect(open().recovered).toMatchObject({
    code: 'database-damaged',
    detail: expect.stringContaining('another program'),
  });
});

test('a database that was made but not filled, because the power went, is simply used', () => {
  const bare = new DatabaseSync(file);
  bare.exec('PRAGMA journal_mode = WAL');
  bare.close();
  expect(open().recovered).toBeNull();
});

test('a database of a newer Hookswitch is not touched; this one works beside it', () => {
  const newer = open({ migrations: [...migrations, 'ALTER TABLE calls ADD COLUMN weather TEXT'] });
  addCall(newer, 'theirs');
  newer.db.close();
  const before = readFileSync(file);

  const older = open();
  expect(older.recovered).toMatchObject({
    code: 'database-newer',
    message: expect.stringContaining('newer Hookswitch'),
  });
  addCall(older, 'ours');
  older.db.close();
  expect(readFileSync(file)).toEqual(before);
  expect(calls(open())).toEqual(['ours']);
  expect(calls(open({ migrations: [...migrations, 'ALTER TABLE calls ADD COLUMN weather TEXT'] }))).toEqual(['theirs']);
});

test('a migration keeps a copy of the old database first, and everything in it', () => {
  const old = open();
  addCall(old, 'one');
  old.db.close();
  const newer = open({ migrations: [...migrations, 'ALTER TABLE calls ADD COLUMN weather TEXT'] });
  expect(newer.recovered).toBeNull();
  expect(calls(newer)).toEqual(['one']);
  const copy = new DatabaseSync(`${file}.before-version-${migrations.length + 1}`);
  opened.push(copy);
  expect(copy.prepare('PRAGMA user_version').get()).toEqual({ user_version: migrations.length });
  expect(copy.prepare('SELECT id FROM calls').all()).toEqual([{ id: 'one' }]);
});

test('a migration that fails changes nothing', () => {
  const old = open();
  addCall(old, 'one');
  old.db.close();
  const failed = open({ migrations: [...migrations, 'CREATE TABLE half (a); UPDATE calls SET number = NULL'] });
  expect(failed.recovered?.code).toBe('database-unavailable');
  failed.db.close();
  const again = open();
  expect(again.recovered).toBeNull();
  expect(calls(again)).toEqual(['one']);
  expect(again.db.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'half'").get()).toEqual({ n: 0 });
});

test('where no file can be made, it works in memory and says so', () => {
  const notAFolder = join(folder, 'file');
  writeFileSync(notAFolder, '');
  file = join(notAFolder, 'hookswitch.db');
  const inMemory = open();
  expect(inMemory.recovered).toMatchObject({
    code: 'database-unavailable',
    message: expect.stringContaining('only until you quit'),
  });
  addCall(inMemory, 'one');
  expect(calls(inMemory)).toEqual(['one']);
});

test('where the file can be read and not written, everybody is there, and what is added is kept until quit', () => {
  const first = open();
  addCall(first, 'one');
  first.db.close();
  // SQLite needs its log, also for reading: on a read-only disk it cannot be made.
  mkdirSync(`${file}-wal`);
  const inMemory = open();
  expect(inMemory.recovered).toMatchObject({
    code: 'database-unavailable',
    message: expect.stringContaining('can be read but not changed. What you add now is kept only until you quit.'),
  });
  expect(calls(inMemory)).toEqual(['one']);
  addCall(inMemory, 'two');
  expect(calls(inMemory)).toEqual(['one', 'two']);
  inMemory.db.close();
  rmSync(`${file}-wal`, { recursive: true });
  expect(calls(open())).toEqual(['one']);
});

test('a folder in the place of the database is left alone', () => {
  mkdirSync(file);
  writeFileSync(join(file, 'precious'), '');
  expect(open().recovered?.code).toBe('database-unavailable');
  expect(existsSync(join(file, 'precious'))).toBe(true);
});

test('a database of before calls had a quality series gets its table, and keeps its calls', () => {
  const place = migrations.findIndex((step) => step.includes('CREATE TABLE call_quality'));
  const older = open({ migrations: migrations.slice(0, place) });
  addCall(older, 'one');
  older.db.close();
  const newer = open();
  expect(newer.recovered).toBeNull();
  expect(calls(newer)).toEqual(['one']);
  newer.db.prepare('INSERT INTO call_quality (call, series) VALUES (?, ?)').run('one', new Uint8Array([1]));
  expect(() =>
    newer.db.prepare('INSERT INTO call_quality (call, series) VALUES (?, ?)').run('nobody', new Uint8Array([1])),
  ).toThrow(/FOREIGN KEY/);
});

test('numbers that were there before have their place in the one index that replaced three', () => {
  const place = migrations.findIndex((step) => step.includes('CREATE INDEX numbers_lookup'));
  const older = open({ migrations: migrations.slice(0, place) });
  older.db.exec(`
    INSERT INTO people (key, id, name, source, words, name_length, number_digits) VALUES (1, 'a', 'Nora', 'local', ' nora', 5, '');
    INSERT INTO numbers (person, position, value, kind, digits, tail) VALUES (1, 0, '+41441234567', 'work', '41441234567', '34567');
    INSERT INTO numbers (person, position, value, kind, digits) VALUES (1, 1, '4410', 'extension', '4410');
    INSERT INTO numbers (person, position, value, kind, address) VALUES (1, 2, 'sip:n@x.example', 'sip', 'n@x.example');
  `);
  older.db.close();
  const { db, recovered } = open();
  expect(recovered).toBeNull();
  const found = db.prepare(
    'SELECT position FROM numbers INDEXED BY numbers_lookup WHERE coalesce(tail, digits, address) = ?',
  );
  expect(['34567', '4410', 'n@x.example'].map((by) => found.get(by)?.['position'])).toEqual([0, 1, 2]);
});
