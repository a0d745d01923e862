// The search for the time in which there is no index, held against the index.
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PersonDraft } from '../../contract/index.ts';
import { openDatabase } from '../store/database.ts';
import { createDirectory } from './directory.ts';
import { PeopleIndex } from './people-index.ts';
import { PeopleTable } from './people-table.ts';
import { tokens } from './search-text.ts';
import { searchTable } from './table-search.ts';

let db: DatabaseSync;
let table: PeopleTable;

const people: readonly PersonDraft[] = [
  { name: 'Nora Keller', company: 'Globex AG', numbers: [{ value: '+41 44 123 45 67', kind: 'work' }] },
  { name: 'Łukasz Weiß', company: 'Østfold', numbers: [{ value: '030 1234 5678', kind: 'work' }] },
  { name: 'Ana Kern', company: 'Nordwind', numbers: [], favourite: true },
  { name: 'Anastasia Ek', numbers: [{ value: 'sip:ana@kern.example', kind: 'sip' }] },
  { name: "Miles O'Brien", numbers: [{ value: '*72#', kind: 'other' }] },
  { name: '4 Seasons', numbers: [{ value: '4410', kind: 'extension' }] },
  { name: 'Noah Kent', numbers: [] },
];

beforeEach(() => {
  ({ db } = openDatabase(':memory:'));
  table = new PeopleTable(db);
  const directory = createDirectory(db);
  for (const person of people) directory.save(person);
  directory.remove(directory.save({ name: 'Nora Gone', numbers: [] }).id);
});

afterEach(() => db.close());

test.each([
  'n',
  'no',
  'nor',
  'ern',
  'kel no',
  'nk',
  'ana',
  'weiss',
  'östfold',
  '044 123',
  '4567',
  '66',
  '4410',
  '4',
  '*72',
  'glo',
  '[',
  'x',
])('"%s" finds the same people in the same order as in the index', (query) => {
  const index = new PeopleIndex();
  index.load([...table.entries()].flat());
  expect(searchTable(table, tokens(query), 0, 10)).toEqual(index.search(query, tokens(query), 0, 10));
});

test('a page of it is a part of the whole', () => {
  const all = searchTable(table, tokens('k'), 0, 10);
  expect(searchTable(table, tokens('k'), 1, 2)).toEqual({ keys: all.keys.slice(1, 3), total: all.total });
});
