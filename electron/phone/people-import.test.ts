// An import as the phone drives it: each step of the library shown, until it can be looked at, is written, or fails.
import { expect, test } from 'vitest';
import { ProblemError, type ImportState } from '../../contract/index.ts';
import type { Library } from '../store/index.ts';
import { PeopleImport } from './people-import.ts';

const file = 'people.vcf';
const read: ImportState = { name: 'read', file, added: 2, changed: 0, skipped: 0 };
const undoing: ImportState = { name: 'undoing', importId: 'i', file, done: 0, total: 200 };
const undone: ImportState = { name: 'undone', file, kept: 0 };
const written: ImportState = { name: 'written', file, importId: 'i', added: 2, changed: 0 };

/** A library whose steps are given. */
function phoneWith(steps: (ImportState | null | Error)[], past: { id: string }[] = []) {
  const shown: (string | null)[] = [];
  const asked: string[] = [];
  let directoryChanges = 0;
  const step = async (): Promise<ImportState | null> => {
    const next = steps.shift() ?? null;
    if (next instanceof Error) throw next;
    return next;
  };
  const ask = (name: string) => async () => {
    asked.push(name);
    return name === 'close' || name === 'write' ? undefined : step();
  };
  const library = {
    readImport: ask('read'),
    stepImport: step,
    writeImport: ask('write'),
    cancelImport: ask('cancel'),
    undoImport: ask('undo'),
    closeImport: ask('close'),
    query: async () => past,
  } as unknown as Library;
  const imported = new PeopleImport({
    library: Promise.resolve(library),
    changed: () => shown.push(imported.state && JSON.stringify(imported.state.name)),
    directoryChanged: () => (directoryChanges += 1),
  });
  return { imported, shown, asked, changes: () => directoryChanges };
}

test('a file is read step by step until it can be looked at, and lists do not ask anew for that', async () => {
  const { imported, shown, changes } = phoneWith([
    { name: 'reading', file, share: 0.1 },
    { name: 'reading', file, share: 0.101 },
    { name: 'reading', file, share: 0.6 },
    read,
  ]);
  await imported.read({ name: file, bytes: new Uint8Array() });
  expect(imported.state).toEqual(read);
  expect(shown).toEqual(['"reading"', '"reading"', '"reading"', '"read"']);
  expect(changes()).toBe(0);
});

test('what was read is written, and the directory has changed once', async () => {
  const { imported, asked, changes } = phoneWith([
    read,
    { name: 'writing', file, importId: 'i', done: 1, total: 2 },
    written,
  ]);
  await imported.read({ name: file, bytes: new Uint8Array() });
  await imported.write();
  expect(imported.state).toEqual(written);
  expect([asked, changes()]).toEqual([['read', 'write'], 1]);
  await imported.close();
  expect(imported.state).toBeNull();
});

test('nothing is written that was not looked at', async () => {
  const { imported, asked } = phoneWith([]);
  await imported.write();
  expect(asked).toEqual([]);
});

test('a full disk is said in words, and cancel takes back what was written', async () => {
  const problem = { code: 'disk-full', message: 'The disk is full.' };
  const { imported, changes } = phoneWith([read, new ProblemError(problem), undoing, undone]);
  await imported.read({ name: file, bytes: new Uint8Array() });
  await imported.write();
  expect(imported.state).toEqual({ name: 'failed', file, problem });
  await imported.cancel();
  expect(imported.state).toEqual(undone);
  expect(changes()).toBe(1);
});

test('what is cancelled while it is read stops, and its last step is not shown', async () => {
  const { imported } = phoneWith([{ name: 'reading', file, share: 0.1 }, null, { name: 'reading', file, share: 0.2 }]);
  const reading = imported.read({ name: file, bytes: new Uint8Array() });
  await Promise.resolve();
  await Promise.all([imported.cancel(), reading]);
  expect(imported.state).toBeNull();
});

test('an import that failed on its way, or that the library no longer knows, is said; who was written shows in the lists', async () => {
  const problem = { code: 'disk-full', message: 'The disk is full.' };
  const writing: ImportState = { name: 'writing', file, importId: 'i', done: 1, total: 2 };
  const full = phoneWith([read, writing, new ProblemError(problem)]);
  await full.imported.read({ name: file, bytes: new Uint8Array() });
  await full.imported.write();
  expect(full.changes()).toBe(1);
  const forgotten = phoneWith([read, writing, null]);
  await forgotten.imported.read({ name: file, bytes: new Uint8Array() });
  await forgotten.imported.write();
  expect(forgotten.imported.state).toMatchObject({ name: 'failed', problem: { code: 'library-interrupted' } });
  expect(forgotten.changes()).toBe(1);
});

test('an import of earlier is taken back, each percent shown, and the directory has changed once', async () => {
  const steps = [1, 2, 100].map((done): ImportState => ({ ...undoing, done }));
  const { imported, asked, shown, changes } = phoneWith([undoing, ...steps, undone]);
  await imported.undo('i');
  expect(imported.state).toEqual(undone);
  expect(shown).toEqual(['"undoing"', '"undoing"', '"undoing"', '"undone"']);
  expect([asked, changes()]).toEqual([['undo'], 1]);
});

test('an undo is not broken off, nor begun while an import goes on', async () => {
  const { imported, asked } = phoneWith([undoing, undone]);
  const undo = imported.undo('i');
  while (imported.state === null) await Promise.resolve();
  await Promise.all([imported.cancel(), imported.undo('other'), undo]);
  expect(imported.state).toEqual(undone);
  expect(asked).toEqual(['undo']);
});

test('an undo that fails says of which import, so that the rest can be taken back', async () => {
  const problem = { code: 'disk-full', message: 'The disk is full.' };
  const { imported, changes } = phoneWith([undoing, new ProblemError(problem), undoing, undone]);
  await imported.undo('i');
  expect(imported.state).toEqual({ name: 'failed', file, problem, undoing: 'i' });
  expect(changes()).toBe(1);
  await imported.undo('i');
  expect(imported.state).toEqual(undone);
});

test('an import that cannot be taken back any more is refused, and nothing is shown', async () => {
  const problem = { code: 'import-gone', message: 'This import is taken back already.' };
  const { imported, shown } = phoneWith([new ProblemError(problem)]);
  await expect(imported.undo('i')).rejects.toMatchObject({ problem });
  expect(shown).toEqual([]);
});

test('what a library wrote that had to start again is taken back by cancel, too; where it wrote nothing, there is nothing', async () => {
  const writing: ImportState = { name: 'writing', file, importId: 'i', done: 1, total: 2 };
  const some = phoneWith([read, writing, null, null, undoing, undone], [{ id: 'i' }]);
  await some.imported.read({ name: file, bytes: new Uint8Array() });
  await some.imported.write();
  expect(some.imported.state?.name).toBe('failed');
  await some.imported.cancel();
  expect(some.imported.state).toEqual(undone);
  const nothing = phoneWith([read, writing, null, null], [{ id: 'earlier' }]);
  await nothing.imported.read({ name: file, bytes: new Uint8Array() });
  await nothing.imported.write();
  await nothing.imported.cancel();
  expect(nothing.imported.state).toBeNull();
});
