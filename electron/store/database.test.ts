// Opening the database: new, sound, damaged, foreign, newer, out of reach.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, recoverDatabase, type OpenedDatabase } from './database.ts';
import { checkWhole } from './inspect.ts';
import { migrations } from './schema.ts';
import { transaction } from './sql.ts';

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

/** So many calls that their pages are far from the first of the table. */
function closedWithCalls(count: number): void {
  const { db } = open();
  const add = db.prepare(
    `INSERT INTO calls (id, account, direction, number, result, started_at, ended_at, seen, words)
     VALUES (?, 'a', 'incoming', '1', 'missed', 1, 1, 0, ?)`,
  );
  transaction(db, () => {
    for (let id = 0; id < count; id += 1) add.run(String(id), 'x'.repeat(300));
  });
  db.close();
}

/** Noise in the leaves of the table of calls that hold these rows; the first leaf is none of them. */
function spoilLeaves(...keys: readonly number[]): void {
  const bytes = readFileSync(file);
  for (const key of keys) {
    const at = bytes.indexOf(`${key}aincoming1missed`);
    const page = at - (at % 4096);
    bytes.fill(0xa5, page, page + 4096);
  }
  writeFileSync(file, bytes);
}

test('a start after a run that closed its database does not read all of it; after one that did not, it does', () => {
  closedWithCalls(500);
  expect(open().isChecked).toBe(false);
  // It is open still: its log is there, as after a crash.
  opened[1]?.exec('UPDATE calls SET seen = 1 WHERE key = 1');
  expect(open().isChecked).toBe(true);
});

test('damage behind the first pages is found by the check of the whole file', () => {
  closedWithCalls(500);
  checkWhole(file);
  spoilLeaves(200);
  expect(open()).toMatchObject({ recovered: null, isChecked: false });
  expect(() => checkWhole(file)).toThrow();
});

test('after a crash the whole file is checked before anything else', () => {
  closedWithCalls(500);
  spoilLeaves(200);
  const running = open();
  running.db.exec('UPDATE calls SET seen = 1 WHERE key = 1');
  const crashed = join(folder, 'crashed.db');
  for (const ending of ['', '-wal']) copyFileSync(file + ending, crashed + ending);
  file = crashed;
  expect(open().recovered).toMatchObject({ code: 'database-damaged' });
});

test('a database in use that turns out to be damaged is renewed with what was written since it was opened', () => {
  closedWithCalls(500);
  spoilLeaves(100, 400);
  const running = open();
  addCall(running, 'since the start');
  running.db.exec("UPDATE calls SET note = 'between the two' WHERE id = '250'");
  const { db, recovered } = recoverDatabase(running.db, file, 'page 9 is noise', now);
  opened.push(db);
  expect(recovered).toMatchObject({
    code: 'database-damaged',
    message: expect.stringContaining(`kept as hookswitch.db.${stamp}`),
    detail: expect.stringContaining('page 9 is noise'),
  });
  const there = new Set(calls({ db, recovered, isChecked: true }));
  // A page holds about a dozen; of two pages, between which everything is read, no more is lost.
  expect(there.size).toBeGreaterThan(501 - 30);
  expect(there.size).toBeLessThan(501);
  expect(there.has('since the start')).toBe(true);
  expect(db.prepare("SELECT note FROM calls WHERE id = '250'").get()).toEqual({ note: 'between the two' });
  expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  expect(readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([]);
});

test('where the new database has no place, the damaged one is used on', () => {
  closedWithCalls(500);
  spoilLeaves(200);
  const { db } = open();
  mkdirSync(join(folder, 'hookswitch.db.new'));
  writeFileSync(join(folder, 'hookswitch.db.new', 'in the way'), '');
  expect(() => recoverDatabase(db, file, 'page 9 is noise', now)).toThrow();
  db.exec("UPDATE calls SET note = 'still here' WHERE id = '1'");
  expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
});

test('a recovery that was interrupted is finished or begun anew, and loses nobody', () => {
  closedWithCalls(3);
  // The new one is whole and the damaged one has its new name already.
  renameSync(file, `${file}.new`);
  expect(calls(open())).toEqual(['0', '1', '2']);
  opened[1]?.close();
  // The new one is half filled, the damaged one still in its place.
  spoil(4096, 4096);
  writeFileSync(`${file}.new`, 'half a data');
  expect(calls(open())).toEqual(['0', '1', '2']);
});

test('all that was written is brought over: people and their numbers, what an import did, who is kept apart, sources, calls, messages', () => {
  const before = open();
  before.db.exec(`
    INSERT INTO people (key, id, name, source, words, name_length, number_digits) VALUES
      (1, 'a', 'Nora', 'local', ' nora', 5, ''), (2, 'b', 'Nora', 'local', ' nora', 5, '');
    INSERT INTO people_apart (one, other) VALUES (1, 2);
    INSERT INTO numbers (person, position, value, kind) VALUES (1, 0, '4410', 'extension'), (1, 1, '4411', 'work');
    INSERT INTO import_changes (import, person, after, at) VALUES ('i', 1, 'x', 1);
    INSERT INTO people_undo (id, kind, file, at, added, changed) VALUES ('i', 'import', 'people.csv', 1, 1, 0);
    INSERT INTO source_states (source, mark) VALUES ('card', 'm');
    INSERT INTO source_cards (source, key, version) VALUES ('card', 'k', '1');
    INSERT INTO messages (id, account, number, text, at, state, seen) VALUES ('t', 'a', '4410', 'Hello', 1, 'received', 0);
  `);
  addCall(before, 'one');
  before.db.exec("INSERT INTO call_quality (call, series) VALUES ('one', x'01')");
  const tables = [
    'people',
    'numbers',
    'import_changes',
    'people_undo',
    'people_apart',
    'source_states',
    'source_cards',
  ];
  const rows = (db: DatabaseSync) =>
    [...tables, 'messages', 'calls', 'call_quality'].map((table) => db.prepare(`SELECT * FROM ${table}`).all());
  const all = rows(before.db);
  const { db } = recoverDatabase(before.db, file, 'noise', now);
  opened.push(db);
  expect(rows(db)).toEqual(all);
});

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
