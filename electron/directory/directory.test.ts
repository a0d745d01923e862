// People in a real database.
import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ImportState, PersonDraft } from '../../contract/index.ts';
import { openDatabase } from '../store/database.ts';
import { createDirectory, type Directory } from './directory.ts';
import { personContent } from './person-content.ts';
import { draft } from './testing.ts';

const day = 24 * 3_600_000;
let folder: string;
let db: DatabaseSync;
let directory: Directory;
let now: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'directory-'));
  now = Date.UTC(2026, 0, 1);
  db = openDatabase(join(folder, 'hookswitch.db')).db;
  directory = createDirectory(db, () => now);
});

afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const nora: PersonDraft = {
  name: 'Nora Keller',
  company: 'Globex',
  email: 'nora@globex.example',
  note: 'Mondays only',
  numbers: [
    { value: '+41 44 123 45 67', kind: 'work' },
    { value: '4410', kind: 'extension' },
    { value: 'sip:Nora@Globex.example', kind: 'sip' },
  ],
};

function names(text = ''): string[] {
  return directory.people({ text, offset: 0, limit: 100 }).rows.map(({ name }) => name);
}

/** What a restart would show: nothing may live in memory only. */
function reopened(): Directory {
  return createDirectory(db, () => now);
}

test('a person comes back as they were saved', () => {
  const saved = directory.save(nora);
  expect(saved).toEqual({ ...nora, id: saved.id, favourite: false, source: 'local' });
  expect(directory.person(saved.id)).toEqual(saved);
  expect(directory.person('nobody')).toBeNull();
});

test('a row shows the first number and how many there are', () => {
  const { id } = directory.save(nora);
  directory.save(draft('Zoe'));
  expect(directory.people({ text: '', offset: 0, limit: 10 })).toEqual({
    rows: [
      {
        id,
        name: 'Nora Keller',
        company: 'Globex',
        number: { value: '+41 44 123 45 67', kind: 'work' },
        numberCount: 3,
        favourite: false,
        source: 'local',
      },
      expect.objectContaining({ name: 'Zoe', numberCount: 0 }),
    ],
    total: 2,
    letters: [
      { letter: 'N', index: 0 },
      { letter: 'Z', index: 1 },
    ],
  });
  expect(directory.people({ text: 'zoe', offset: 0, limit: 10 }).rows[0]).not.toHaveProperty('number');
});

test('edits, additions and removals show in list and search at once, as they would after a restart', () => {
  const { id } = directory.save(nora);
  expect(names('keller')).toEqual(['Nora Keller']);
  directory.save({ ...nora, id, name: 'Nora Weiß' });
  directory.save(draft('Ana'));
  const { id: gone } = directory.save(draft('Bea'));
  directory.remove(gone);
  expect(names()).toEqual(['Ana', 'Nora Weiß']);
  expect(names('keller')).toEqual([]);
  expect(names('weiss')).toEqual(['Nora Weiß']);
  directory = reopened();
  expect(names()).toEqual(['Ana', 'Nora Weiß']);
  expect(names('weiss')).toEqual(['Nora Weiß']);
});

test('a removed person is gone until restored, with everything', () => {
  const saved = directory.save({ ...nora, favourite: true });
  directory.remove(saved.id);
  directory.remove(saved.id);
  expect(directory.person(saved.id)).toBeNull();
  expect(directory.favourites()).toEqual([]);
  expect(directory.identify('4410')).toBeNull();
  directory.restore(saved.id);
  directory.restore(saved.id);
  expect(directory.person(saved.id)).toEqual(saved);
  expect(names()).toEqual(['Nora Keller']);
  expect(directory.identify('4410')?.personId).toBe(saved.id);
});

test('after 30 days a removed person is deleted for good', () => {
  const { id } = directory.save(nora);
  directory.remove(id);
  now += 29 * day;
  directory.purge();
  directory.restore(id);
  directory.remove(id);
  now += 31 * day;
  directory.purge();
  expect(() => directory.restore(id)).toThrow('no longer in your contacts');
});

test('an edit that is saved after the person was removed brings them back: what was typed is not lost', () => {
  const { id } = directory.save(nora);
  directory.remove(id);
  directory.save({ ...nora, id, name: 'Nora Frei' });
  expect(names()).toEqual(['Nora Frei']);
});

test('favourites are listed by name and stay so', () => {
  const { id } = directory.save(nora);
  directory.save({ ...draft('Ana'), favourite: true });
  directory.setFavourite(id, true);
  expect(directory.favourites().map(({ name }) => name)).toEqual(['Ana', 'Nora Keller']);
  directory.save({ ...nora, id });
  expect(reopened().favourites()).toHaveLength(2);
  directory.setFavourite(id, false);
  expect(directory.favourites().map(({ name }) => name)).toEqual(['Ana']);
  expect(() => directory.setFavourite('nobody', true)).toThrow('no longer');
});

test('the number that was called last goes first, and stays first through an edit', () => {
  const { id } = directory.save(nora);
  const first = () => directory.people({ text: '', offset: 0, limit: 1 }).rows[0]?.number?.value;
  directory.called(id, '4410', now);
  expect(first()).toBe('4410');
  directory.called(id, 'nora@globex.example', now + 1);
  expect(first()).toBe('sip:Nora@Globex.example');
  directory.called(id, '4410', now - day);
  directory.called(id, '99999', now + 2);
  expect(first()).toBe('sip:Nora@Globex.example');
  directory.save({ ...nora, id, name: 'Nora Frei' });
  expect(first()).toBe('sip:Nora@Globex.example');
  expect(directory.person(id)?.numbers.map(({ value }) => value)).toEqual(nora.numbers.map(({ value }) => value));
});

test('who was called goes before who was not, and who is called often before who was called last', () => {
  const other = directory.save(draft('Ann Aal', '12344'));
  const { id } = directory.save(draft('Ann Zoll', '12345'));
  directory.called(id, '12345', now);
  expect(names('ann')).toEqual(['Ann Zoll', 'Ann Aal']);
  expect(names()).toEqual(['Ann Aal', 'Ann Zoll']);
  directory.called(other.id, '12344', now + day);
  expect(names('ann')).toEqual(['Ann Aal', 'Ann Zoll']);
  directory.called(id, '12345', now);
  expect(names('ann')).toEqual(['Ann Zoll', 'Ann Aal']);
});

test('a source that comes again replaces what it brought, and touches nobody else', () => {
  directory.save(draft('Mine', '1'));
  directory.replaceSource('company', [draft('Ana', '10'), draft('Bea', '11'), draft('Bea', '12')]);
  const before = directory.people({ text: 'bea', offset: 0, limit: 9 }).rows;
  const ana = directory.people({ text: 'ana', offset: 0, limit: 9 }).rows[0];
  directory.setFavourite(ana?.id ?? '', true);
  directory.replaceSource('company', [draft('Ana', '20'), draft('Bea', '11'), draft('Bea', '12'), draft('Cleo', '13')]);
  expect(names()).toEqual(['Ana', 'Bea', 'Bea', 'Cleo', 'Mine']);
  expect(directory.people({ text: 'bea', offset: 0, limit: 9 }).rows).toEqual(before);
  expect(directory.favourites()).toEqual([{ ...ana, favourite: true, number: { value: '20', kind: 'work' } }]);
  directory.replaceSource('company', []);
  expect(names()).toEqual(['Mine']);
});

test('what was edited or removed here is not undone by the source', () => {
  directory.replaceSource('company', [draft('Ana', '10'), draft('Bea', '11')]);
  const [ana, bea] = directory.people({ text: '', offset: 0, limit: 9 }).rows;
  directory.save({ ...draft('Ana Maria', '99'), id: ana?.id ?? '' });
  directory.remove(bea?.id ?? '');
  now += 40 * day;
  directory.purge();
  directory.replaceSource('company', [draft('Ana', '10'), draft('Bea', '11')]);
  expect(names()).toEqual(['Ana Maria']);
  directory.replaceSource('company', []);
  expect(names()).toEqual(['Ana Maria']);
});

test('a failed change leaves table, index and search as they were', () => {
  const { id } = directory.save(nora);
  expect(names('keller')).toEqual(['Nora Keller']);
  db.exec('PRAGMA query_only = ON');
  expect(() => directory.save({ ...nora, id, name: 'Nora Frei' })).toThrow('readonly');
  expect(() => directory.remove(id)).toThrow('readonly');
  db.exec('PRAGMA query_only = OFF');
  expect(names()).toEqual(['Nora Keller']);
  expect(names('keller')).toEqual(['Nora Keller']);
  directory.save({ ...nora, id, name: 'Nora Frei' });
  expect(names('keller')).toEqual([]);
});

test('picture, groups, ring tone and block come back as they were saved', () => {
  const groups = ['Team', 'Zürich'];
  const more = { picture: 'data:image/png;base64,AAAA', groups, ringTone: 'bell' as const, blocked: true };
  const saved = directory.save({ ...nora, ...more });
  expect(reopened().person(saved.id)).toMatchObject(more);
});

/** Reads and writes a file in as many steps as it takes. */
function imported(file: string, text: string): ImportState {
  directory.readImport({ name: file, bytes: Buffer.from(text) });
  finished();
  directory.writeImport();
  return finished();
}

function finished(): ImportState {
  for (let steps = 0; steps < 10_000; steps += 1) {
    // A step is done however little time there is.
    const state = directory.stepImport(0);
    if (state && !['reading', 'writing', 'undoing'].includes(state.name)) return state;
  }
  throw new Error('The import does not come to its end.');
}

const sheet =
  'Name,Company,Work,Mobile\nNora Keller,Initech,+41 44 123 45 67,\nMiles OBrien,,4411,\nAna Kern,,4412,079\n';

test('a file is looked at before anything is written: new, changed and skipped, with their lines and why', () => {
  directory.save(nora);
  directory.save(draft('Miles OBrien', '4411'));
  directory.readImport({ name: 'people.csv', bytes: Buffer.from(`${sheet}Ana Kern,,4412,079\n,,1,\n`) });
  expect(finished()).toEqual({ name: 'read', file: 'people.csv', added: 1, changed: 1, skipped: 3 });
  const rows = (show: 'new' | 'changed' | 'skipped') => directory.importRows({ show, offset: 0, limit: 10 }).rows;
  expect(rows('new')).toMatchObject([{ line: 4, name: 'Ana Kern', number: '4412' }]);
  expect(rows('changed')).toMatchObject([{ line: 2, name: 'Nora Keller', changes: ['company'] }]);
  expect(rows('skipped')).toMatchObject([
    { line: 3, name: 'Miles OBrien', why: 'Already in your contacts, with nothing new.' },
    { line: 5, name: 'Ana Kern', why: 'The same person stands in line 4.' },
    { line: 6, name: null, why: 'There is no name here.' },
  ]);
  expect(names()).toEqual(['Miles OBrien', 'Nora Keller']);
});

test('an import is taken back: who was new goes, who was changed is as before, who was edited since stays', () => {
  const before = directory.save(nora);
  const state = imported('people.csv', sheet);
  expect(state).toMatchObject({ name: 'written', added: 2, changed: 1 });
  expect(directory.person(before.id)).toMatchObject({ company: 'Initech', numbers: nora.numbers });
  const ana = directory.people({ text: 'ana', offset: 0, limit: 1 }).rows[0];
  directory.save({ ...draft('Ana Kern-Weiss', '4412'), id: ana?.id ?? '' });
  // Earlier versions kept what the import wrote of a person, or all of what stands for it.
  db.prepare(
    "UPDATE import_changes SET after = ? WHERE person = (SELECT key FROM people WHERE name = 'Miles OBrien')",
  ).run('["Miles OBrien",null,null,null,null,null,[],false,[["4411","work"]]]');
  db.prepare(
    "UPDATE import_changes SET after = ? WHERE person = (SELECT key FROM people WHERE name = 'Nora Keller')",
  ).run(hash('sha256', personContent(directory.person(before.id) ?? nora), 'base64url'));
  while (state.name === 'written' && directory.undo(state.importId));
  expect(names()).toEqual(['Ana Kern-Weiss', 'Nora Keller']);
  expect(directory.person(before.id)).toEqual(before);
});

test('an import that is cancelled while it writes leaves everybody as they were', () => {
  const rows = Array.from({ length: 500 }, (_, index) => `Person ${index},${1000 + index}\n`);
  directory.readImport({ name: 'many.csv', bytes: Buffer.from(`Name,Work\n${rows.join('')}`) });
  finished();
  directory.writeImport();
  directory.stepImport(0);
  expect(directory.stepImport(0)).toMatchObject({ name: 'writing', total: 500 });
  expect(directory.cancelImport()).toMatchObject({ name: 'undoing', file: 'many.csv' });
  expect(finished()).toEqual({ name: 'undone', file: 'many.csv', kept: 0 });
  expect(names()).toEqual([]);
  directory.closeImport();
  expect(directory.stepImport(1)).toBeNull();
});

test('who was written before an import failed is found at once', () => {
  while (!directory.warm());
  const rows = Array.from({ length: 500 }, (_, index) => `Person ${index},${1000 + index}\n`);
  directory.readImport({ name: 'many.csv', bytes: Buffer.from(`Name,Work\n${rows.join('')}`) });
  finished();
  directory.writeImport();
  directory.stepImport(0);
  directory.settle();
  db.exec('PRAGMA query_only = ON');
  expect(() => directory.stepImport(0)).toThrow('readonly');
  db.exec('PRAGMA query_only = OFF');
  expect(names('person')).toHaveLength(40);
});

test('what is exported is imported again as it was, in both formats', () => {
  const picture = 'data:image/png;base64,AAAA';
  directory.save({ ...nora, picture, groups: ['Team', 'A, B'], note: '=1+1', email: 'nora@example.com' });
  const [vcard, csv] = [directory.export('vcard'), directory.export('csv')];
  const [before] = directory.people({ text: '', offset: 0, limit: 1 }).rows;
  directory.remove(before?.id ?? '');
  expect(csv).toContain("'=1+1");
  for (const [file, text] of [
    ['all.vcf', vcard],
    ['all.csv', csv],
  ] as const) {
    expect(imported(file, text)).toMatchObject({ added: 1 });
    const [row] = directory.people({ text: '', offset: 0, limit: 1 }).rows;
    const person = directory.person(row?.id ?? '');
    expect(person).toMatchObject({
      name: nora.name,
      groups: ['Team', 'A, B'],
      note: '=1+1',
      email: 'nora@example.com',
    });
    expect(person?.picture).toBe(file === 'all.vcf' ? picture : undefined);
    expect(row?.hasPicture).toBe(file === 'all.vcf' ? true : undefined);
    directory.remove(row?.id ?? '');
  }
});

test('the block list has the numbers of who is blocked', () => {
  const saved = directory.save({ ...nora, blocked: true });
  directory.save(draft('Miles OBrien', '4411'));
  expect(directory.blockedNumbers()).toEqual(nora.numbers.map(({ value }) => value));
  directory.remove(saved.id);
  expect(directory.blockedNumbers()).toEqual([]);
  // It is asked for with each change of the directory.
  const plan = db.prepare('EXPLAIN QUERY PLAN SELECT id FROM people WHERE blocked = 1').get();
  expect(plan?.['detail']).toContain('people_blocked');
});

test('everybody is listed alike before and after the index is there', () => {
  for (const name of ['Zoë', 'ana', 'Łukasz', '3M', '李明', 'Nora Keller', 'Nora Kern', 'Émile'])
    directory.save(draft(name));
  const fresh = createDirectory(db);
  const page = () => fresh.people({ text: '', offset: 1, limit: 6 });
  const before = page();
  while (!fresh.warm());
  expect(page()).toEqual(before);
  expect(before.letters?.map(({ letter }) => letter)).toEqual(['A', 'E', 'L', 'N', 'Z', '#']);
});

test('a start shows the first page as it was kept, without a look at everybody, until somebody changes', () => {
  for (const name of ['Zoë', 'ana', '3M', 'Nora Keller']) directory.save(draft(name));
  const page = (of: Directory) => of.people({ text: '', offset: 0, limit: 3 });
  directory.remember();
  expect(db.prepare('SELECT count(*) AS kept FROM people_summary').get(), 'before the index is there').toEqual({
    kept: 0,
  });
  while (!directory.warm());
  directory.remember();
  const shown = page(directory);
  // Were it counted, nobody would find these here.
  db.exec(`UPDATE people_summary SET content = json_set(content, '$.total', 777)`);
  expect(page(createDirectory(db))).toEqual({ ...shown, total: 777 });
  const fresh = createDirectory(db);
  fresh.save(draft('Bea'));
  expect(page(fresh).total).toBe(5);
  expect(page(fresh).rows.map(({ name }) => name)).toEqual(['ana', 'Bea', 'Nora Keller']);
  db.exec(`INSERT INTO people_summary (only, content) VALUES (1, '{"total"')`);
  expect(page(createDirectory(db)).total, 'what is kept cannot be read').toBe(5);
});

test('a source says when it last worked and what is wrong now', () => {
  const problem = { code: 'timeout', message: 'The server does not answer.' };
  directory.setSourceState('ldap', null);
  now += 5000;
  directory.setSourceState('ldap', problem);
  directory.save(nora);
  expect(directory.sourceStates()).toEqual([
    { source: 'ldap', syncedAt: now - 5000, people: 0, problem },
    { source: 'local', syncedAt: null, people: 1, problem: null },
  ]);
});
