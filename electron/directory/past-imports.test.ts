// Imports that can still be taken back: known after a restart, taken back in steps, forgotten after 90 days.
import type { DatabaseSync } from 'node:sqlite';
import { expect } from 'vitest';
import type { ImportState, PastImport } from '../../contract/index.ts';
import { createDirectory, type Directory } from './directory.ts';
import { draft, test } from './testing.ts';

const day = 24 * 3_600_000;
const start = Date.UTC(2026, 0, 1);
const goingOn: ReadonlySet<string | undefined> = new Set(['reading', 'writing', 'undoing']);

/** As after a restart: nothing but the database is known. */
function reopened(db: DatabaseSync, at = start): Directory {
  return createDirectory(db, () => at);
}

/** The last state, and every one on the way. */
function finished(directory: Directory): { state: ImportState | null; shown: (ImportState | null)[] } {
  const shown = [directory.stepImport(0)];
  while (goingOn.has(shown.at(-1)?.name)) shown.push(directory.stepImport(0));
  return { state: shown.at(-1) ?? null, shown };
}

function imported(directory: Directory, name: string, ...rows: string[]): void {
  directory.readImport({ name, bytes: Buffer.from(['Name,Work,Company', ...rows, ''].join('\n')) });
  finished(directory);
  directory.writeImport();
  finished(directory);
}

const many = (length: number) => Array.from({ length }, (_, index) => `Person ${index},${10_000 + index}`);

const names = (directory: Directory) =>
  directory.people({ text: '', offset: 0, limit: 500 }).rows.map(({ name }) => name);

const first = (directory: Directory): PastImport => {
  const [past] = directory.pastImports();
  if (!past) throw new Error('No import is known.');
  return past;
};

test('an import is known after a restart with its file, time and counts, the last first; a merge is not', ({ db }) => {
  const before = reopened(db);
  const nora = before.save(draft('Nora Keller', '4410'));
  imported(before, 'first.csv', 'Ana Kern,4412', 'Nora Keller,4410,Globex');
  before.merge([nora.id, before.save(draft('Nora Keller', '4411')).id]);
  imported(reopened(db, start + day), 'second.csv', 'Tom Weber,4414');
  expect(reopened(db, start + day).pastImports()).toEqual([
    { id: expect.any(String), file: 'second.csv', at: start + day, added: 1, changed: 0 },
    { id: expect.any(String), file: 'first.csv', at: start, added: 1, changed: 1 },
  ]);
});

test('an import is taken back after a restart in steps that say how far they are, and is listed no more', ({ db }) => {
  imported(reopened(db), 'many.csv', ...many(500));
  const directory = reopened(db);
  const { id } = first(directory);
  const begun = { name: 'undoing', importId: id, file: 'many.csv', done: 0, total: 500 };
  expect(directory.undoImport(id)).toEqual(begun);
  const { state, shown } = finished(directory);
  expect(shown.slice(0, 3)).toEqual([100, 200, 300].map((done) => ({ ...begun, done })));
  expect(state).toEqual({ name: 'undone', file: 'many.csv', kept: 0 });
  expect(names(directory)).toEqual([]);
  expect(directory.pastImports()).toEqual([]);
  expect(() => directory.undoImport(id)).toThrow('This import is taken back already');
});

test('who was changed since stays and is counted; who was removed stays removed and is not', ({ db }) => {
  const directory = reopened(db);
  imported(directory, 'people.csv', 'Ana Kern,4412', 'Tom Weber,4413', 'Miles OBrien,4414');
  const [ana, miles] = directory.people({ text: '', offset: 0, limit: 10 }).rows;
  directory.save({ ...draft('Ana Kern-Weiss', '4412'), id: ana?.id ?? '' });
  directory.remove(miles?.id ?? '');
  directory.undoImport(first(directory).id);
  expect(finished(directory).state).toEqual({ name: 'undone', file: 'people.csv', kept: 1 });
  expect(names(directory)).toEqual(['Ana Kern-Weiss']);
});

test('an import that was interrupted is known for what it wrote, and that is taken back', ({ db }) => {
  const directory = reopened(db);
  directory.readImport({ name: 'many.csv', bytes: Buffer.from(`Name,Work\n${many(500).join('\n')}\n`) });
  finished(directory);
  directory.writeImport();
  directory.stepImport(0);
  directory.stepImport(0);
  // Somebody else writes; then the process ends, and what is not committed is gone.
  directory.settle();
  directory.stepImport(0);
  db.exec('ROLLBACK');
  const after = reopened(db);
  expect(names(after)).toHaveLength(80);
  expect(after.pastImports()).toMatchObject([{ file: 'many.csv', added: 80, changed: 0 }]);
  after.undoImport(first(after).id);
  expect(finished(after).state).toMatchObject({ name: 'undone', kept: 0 });
  expect(names(after)).toEqual([]);
});

test('an undo that was interrupted is carried on after the restart', ({ db }) => {
  imported(reopened(db), 'many.csv', ...many(500));
  const directory = reopened(db);
  directory.undoImport(first(directory).id);
  directory.stepImport(0);
  const after = reopened(db);
  expect(names(after)).toHaveLength(400);
  after.undoImport(first(after).id);
  finished(after);
  expect([names(after), after.pastImports()]).toEqual([[], []]);
});

test('an import that is cancelled while it writes is not known', ({ db }) => {
  const directory = reopened(db);
  directory.readImport({ name: 'many.csv', bytes: Buffer.from(`Name,Work\n${many(100).join('\n')}\n`) });
  finished(directory);
  directory.writeImport();
  directory.stepImport(0);
  expect(directory.cancelImport()).toMatchObject({ name: 'undoing', done: 0, total: 40 });
  expect(finished(directory).state).toEqual({ name: 'undone', file: 'many.csv', kept: 0 });
  expect(directory.pastImports()).toEqual([]);
});

test('after 90 days an import is listed no more, and what it did is forgotten in steps; its people stay', ({ db }) => {
  const before = reopened(db);
  imported(before, 'many.csv', ...many(700));
  const twins = [before.save(draft('Nora Keller', '4410')), before.save(draft('Nora Keller', '4411'))];
  before.merge(twins.map(({ id }) => id));
  imported(reopened(db, start + day), 'later.csv', 'Tom Weber,4414');
  const count = (table: string) => db.prepare(`SELECT count(*) AS rows FROM ${table}`).get()?.['rows'];
  const lastDay = reopened(db, start + 90 * day);
  expect(lastDay.pastImports()).toHaveLength(2);
  expect(lastDay.forgetImports()).toBe(false);
  const after = reopened(db, start + 90 * day + 1);
  expect(after.pastImports()).toMatchObject([{ file: 'later.csv' }]);
  let steps = 0;
  while (after.forgetImports()) steps += 1;
  // 500 and 200 of the import, the merge.
  expect([steps, count('import_changes'), count('people_undo')]).toEqual([3, 1, 1]);
  expect(after.people({ text: '', offset: 0, limit: 1 }).total).toBe(702);
});
