// A source that is copied card by card into the store.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../store/database.ts';
import { createDirectory, type Directory } from './directory.ts';
import { fromBytes, sourceVersionsSchema, toBytes, type SourceChanges } from './servers/changes.ts';

let folder: string;
let close: () => void;
let directory: Directory;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sync-'));
  const { db } = openDatabase(join(folder, 'hookswitch.db'));
  directory = createDirectory(db, () => 1000);
  close = () => db.close();
});

afterEach(() => {
  close();
  rmSync(folder, { recursive: true });
});

const book = 'Address book';
const nora = {
  key: '/book/nora.vcf',
  version: '1',
  person: { name: 'Nora Keller', numbers: [{ value: '4410', kind: 'work' as const }] },
};
const lukas = { key: '/book/lukas.vcf', version: '1', person: { name: 'Lukas Meier', numbers: [] } };

const sync = (changes: Partial<SourceChanges>) =>
  directory.syncSource(book, toBytes({ mark: 'a', changed: [], removed: [], ...changes }));
const versions = () => fromBytes(sourceVersionsSchema, directory.sourceVersions(book));
const everybody = () => directory.people({ text: '', offset: 0, limit: 10 }).rows;
const names = () => everybody().map(({ name }) => name);

test('people come, change and go as their cards do', () => {
  expect(versions()).toEqual({ mark: null, versions: {} });
  expect(sync({ changed: [nora, lukas] })).toBe(true);
  expect(names()).toEqual(['Lukas Meier', 'Nora Keller']);
  expect(versions()).toEqual({ mark: 'a', versions: { '/book/lukas.vcf': '1', '/book/nora.vcf': '1' } });
  expect(sync({ mark: 'b' })).toBe(false);

  sync({ changed: [{ ...nora, version: '2', person: { ...nora.person, name: 'Nora Sommer' } }], removed: [lukas.key] });
  expect(names()).toEqual(['Nora Sommer']);
  expect(versions().versions).toEqual({ '/book/nora.vcf': '2' });
  expect(directory.sourceStates()).toEqual([{ source: book, syncedAt: 1000, people: 1, problem: null }]);
});

test('a card that is nobody is remembered, so that it is not asked for again', () => {
  sync({ changed: [{ key: '/book/group.vcf', version: '1', person: null }] });
  expect(names()).toEqual([]);
  expect(versions().versions).toEqual({ '/book/group.vcf': '1' });
});

test('a favourite stays one, who was edited stays as they are, and who was removed does not come back', () => {
  sync({ changed: [nora, lukas] });
  const [lukasRow, noraRow] = everybody();
  directory.setFavourite(noraRow?.id ?? '', true);
  sync({ changed: [{ ...nora, version: '2' }] });
  expect(directory.favourites().map(({ name }) => name)).toEqual(['Nora Keller']);

  directory.save({ id: noraRow?.id ?? '', name: 'Nora, second floor', numbers: [] });
  directory.remove(lukasRow?.id ?? '');
  sync({
    changed: [
      { ...nora, version: '3' },
      { ...lukas, version: '3' },
    ],
  });
  expect(names()).toEqual(['Nora, second floor']);
  sync({ removed: [nora.key] });
  expect(names()).toEqual(['Nora, second floor']);
});

test('a server that is no longer wanted takes its people along, and only its own', () => {
  sync({ changed: [nora, lukas] });
  directory.save({ name: 'Own', numbers: [] });
  directory.dropSource(book);
  expect(names()).toEqual(['Own']);
  expect(versions()).toEqual({ mark: null, versions: {} });
});

test('what is no list of changes changes nothing', () => {
  sync({ changed: [nora] });
  expect(() => directory.syncSource(book, new TextEncoder().encode('{"changed":1}'))).toThrow();
  expect(names()).toEqual(['Nora Keller']);
});
