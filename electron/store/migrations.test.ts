// Migrations that give what was there before its place in the new.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, recoverDatabase } from './database.ts';
import { migrations } from './schema.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  file = join(folder, 'hookswitch.db');
});

afterEach(() => rmSync(folder, { recursive: true }));

test('numbers that were there before have their place in the one index that replaced three', () => {
  const place = migrations.findIndex((step) => step.includes('CREATE INDEX numbers_lookup'));
  const { db: older } = openDatabase(file, { migrations: migrations.slice(0, place) });
  older.exec(`
    INSERT INTO people (key, id, name, source, words, name_length, number_digits) VALUES (1, 'a', 'Nora', 'local', ' nora', 5, '');
    INSERT INTO numbers (person, position, value, kind, digits, tail) VALUES (1, 0, '+41441234567', 'work', '41441234567', '34567');
    INSERT INTO numbers (person, position, value, kind, digits) VALUES (1, 1, '4410', 'extension', '4410');
    INSERT INTO numbers (person, position, value, kind, address) VALUES (1, 2, 'sip:n@x.example', 'sip', 'n@x.example');
  `);
  older.close();
  const { db, recovered } = openDatabase(file);
  expect(recovered).toBeNull();
  const found = db.prepare(
    'SELECT position FROM numbers INDEXED BY numbers_lookup WHERE coalesce(tail, digits, address) = ?',
  );
  expect(['34567', '4410', 'n@x.example'].map((by) => found.get(by)?.['position'])).toEqual([0, 1, 2]);
  db.close();
});

const person = (key: number) =>
  `INSERT INTO people (key, id, name, source, words, name_length, number_digits)
   VALUES (${key}, '${key}', 'Nora', 'local', ' nora', 5, '');`;
const undoOfBefore = `
  ${[1, 2, 3].map(person).join('')}
  INSERT INTO import_changes (import, person, before, after, at) VALUES
    ('an import', 1, NULL, 'x', 7), ('an import', 2, '{}', 'x', 8), ('a merge', 2, '{}', 'x', 9), ('a merge', 3, '{}', 'x', 9);`;

/** All that people_undo has, once; then the database is closed. */
function undoEntries(db: DatabaseSync): unknown[] {
  const rows = db.prepare('SELECT * FROM people_undo').all();
  db.close();
  return rows;
}

const named = [
  { id: 'a merge', kind: 'merge', file: null, at: 9, added: 0, changed: 2 },
  { id: 'an import', kind: 'import', file: null, at: 7, added: 1, changed: 1 },
];

test('imports of before are known by when and how many; what added nobody is taken for a merge', () => {
  const place = migrations.findIndex((step) => step.includes('CREATE TABLE people_undo'));
  const { db: older } = openDatabase(file, { migrations: migrations.slice(0, place) });
  older.exec(undoOfBefore);
  older.close();
  const { db, recovered } = openDatabase(file);
  expect(recovered).toBeNull();
  expect(undoEntries(db)).toEqual(named);
});

test('they are known, too, where the database of before is damaged', () => {
  const { db: damaged } = openDatabase(file);
  damaged.exec(undoOfBefore);
  const { db } = recoverDatabase(damaged, file, 'noise');
  expect(undoEntries(db)).toEqual(named);
});
