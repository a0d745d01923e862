// The index of people while it is made, and made anew: it answers meanwhile, and ends as the table is.
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../store/database.ts';
import { createDirectory, type Directory } from './directory.ts';
import { KeptIndex } from './kept-index.ts';
import { PeopleTable } from './people-table.ts';
import { tokens } from './search-text.ts';

let db: DatabaseSync;

beforeEach(() => {
  db = openDatabase(':memory:').db;
});

afterEach(() => db.close());

const draft = (name: string) => ({ name, numbers: [] });
/** Persons 0, 1, 2... in this order. */
const persons = (count: number) => Array.from({ length: count }, (_, at) => draft(`Person ${at}`));

function found(directory: Directory, text: string): string[] {
  return directory.people({ text, offset: 0, limit: 100 }).rows.map(({ name }) => name);
}

test('who is changed while the index is loaded is found as they are', () => {
  const saved = createDirectory(db).save(draft('Nora Keller'));
  const fresh = createDirectory(db);
  fresh.warm();
  fresh.save({ ...draft('Nora Kern'), id: saved.id });
  while (!fresh.warm());
  expect(found(fresh, 'kern')).toEqual(['Nora Kern']);
  expect(found(fresh, 'keller')).toEqual([]);
});

test('a search does not wait for the index of many people: not the first after a start, nor while it is made anew', () => {
  const directory = createDirectory(db);
  directory.replaceSource('company', persons(12_000));
  expect(found(directory, '11999')).toEqual(['Person 11999']);
  expect(directory.warm(), 'the search waited for the index').toBe(false);
  expect(found(directory, 'person 11998')).toEqual(['Person 11998']);
  while (!directory.warm());

  const { rows } = directory.people({ text: '11998', offset: 0, limit: 5 });
  directory.replaceSource('other', [draft('Nora Keller')]);
  directory.remove(rows[0]?.id ?? '');
  expect(found(directory, '11999')).toEqual(['Person 11999']);
  expect(directory.warm(), 'the search waited for all of the new index').toBe(false);
  expect(found(directory, '11998'), 'who was removed since').toEqual([]);
  while (!directory.warm());
  expect(found(directory, 'keller')).toEqual(['Nora Keller']);
  expect(found(directory, '11998')).toEqual([]);
});

test('who was imported is found as soon as the import is done, and nobody is who was taken back: neither waits for the index', () => {
  const directory = createDirectory(db);
  directory.replaceSource('company', persons(12_000));
  while (!directory.warm());
  const rows = Array.from({ length: 100 }, (_, at) => `Imported ${at},${5000 + at}\n`);
  directory.readImport({ name: 'more.csv', bytes: Buffer.from(`Name,Work\n${rows.join('')}`) });
  while (directory.stepImport(8)?.name === 'reading');
  directory.writeImport();
  while (directory.stepImport(8)?.name === 'writing');
  expect(found(directory, 'imported')).toHaveLength(100);
  expect(directory.warm(), 'the import or the search waited for the index').toBe(false);
  while (!directory.warm());
  directory.cancelImport();
  while (directory.stepImport(8)?.name === 'undoing');
  expect(found(directory, 'imported')).toEqual([]);
  expect(directory.warm(), 'taking it back or the search waited for the index').toBe(false);
});

/** The people of the table and their index, changed as the directory changes them. */
function shelf() {
  const table = new PeopleTable(db);
  const index = new KeptIndex(table);
  const person = (name: string) => ({ ...draft(name), favourite: false });
  return {
    index,
    add: (name: string) => table.insert({ ...person(name), id: name, source: 'local', sourceKey: null }),
    rename: (key: number, name: string) => {
      index.change([key], () => table.update(key, person(name), true));
      index.add(key);
    },
    remove: (key: number) =>
      index.change([key], () => db.prepare('UPDATE people SET removed_at = 1 WHERE key = ?').run(key)),
  };
}

test.each([
  ['before they are read', 2],
  ['after they were read', 13],
])('while the index is made anew, who changes %s is found as they are now, at once and after', (_when, steps) => {
  const { index, add, rename, remove } = shelf();
  for (const { name } of persons(5000)) add(name);
  while (!index.load());
  const [removed, changed, called] = ['Person 4991', 'Person 4993', 'Person 4995'].map(
    (name) => index.latest?.search(name, tokens(name), 0, 1).keys[0] ?? -1,
  );
  index.renew();
  for (let step = 0; step < steps; step += 1) expect(index.load()).toBe(false);
  const nora = add('Nora Keller');
  index.add(nora);
  rename(changed ?? -1, 'Miles Novak');
  rename(called ?? -1, 'Mia Novak');
  rename(called ?? -1, 'Person 4995');
  remove(removed ?? -1);
  const asTheyAre = () => {
    const keys = (text: string) => index.latest?.search(text, tokens(text), 0, 100).keys;
    expect(keys('keller')).toEqual([nora]);
    expect(keys('novak')).toEqual([changed]);
    expect(keys('4995')).toEqual([called]);
    expect(keys('4993')).toEqual([]);
    expect(keys('4991')).toEqual([]);
  };
  asTheyAre();
  expect(index.load()).toBe(false);
  while (!index.load());
  asTheyAre();
  expect(index.whole?.size).toBe(5000);
});
