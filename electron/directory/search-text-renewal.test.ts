// People of an earlier version's database are found by what this version looks at.
import { expect } from 'vitest';
import { createDirectory, type Directory } from './directory.ts';
import { draft, test } from './testing.ts';

function found(directory: Directory, text: string): string[] {
  return directory.people({ text, offset: 0, limit: 10 }).rows.map(({ name }) => name);
}

const members = Array.from({ length: 450 }, (_, at) => ({
  ...draft(`Member ${at}`, `${1000 + at}`),
  groups: ['Évènements', 'Board members'],
}));

/** As a version without groups in its search left it. */
const asBefore = `UPDATE people SET words = substr(words, 1, name_length) || char(10); DELETE FROM search_texts`;

test('whoever is in a group is found by its name, in the index and in the table, and no longer when they left it', ({
  directory,
}) => {
  const nora = directory.save({ ...draft('Nora Keller', '4410'), groups: ['Évènements', 'Board members'] });
  directory.save(draft('Ana Kern', '4412'));
  const searches = ['evenements', 'board mem', 'nora board'];
  for (const text of searches) expect(found(directory, text), text).toEqual(['Nora Keller']);
  directory.save({ ...nora, groups: [] });
  for (const text of searches) expect(found(directory, text), text).toEqual([]);
});

test('after an update everybody is made anew in steps, and found as they are now', ({ db, directory }) => {
  directory.replaceSource('company', members);
  while (!directory.warm());
  db.exec(asBefore);
  const updated = createDirectory(db);
  expect(found(updated, 'evenements')).toEqual([]);
  expect(updated.warm(), 'all of it in one step').toBe(false);
  updated.save({ ...draft('Nora Keller'), groups: ['Evenements'] });
  while (!updated.warm());
  expect(updated.people({ text: 'evenements', offset: 0, limit: 1 }).total).toBe(451);
  expect(updated.people({ text: 'member 449', offset: 0, limit: 1 }).total).toBe(1);
  expect(updated.people({ text: '', offset: 0, limit: 1 }).rows[0]?.name).toBe('Member 0');
});

test('it is done once', ({ db, directory }) => {
  directory.save(members[0] ?? draft('Nobody'));
  while (!directory.warm());
  const writes = () => db.prepare('SELECT total_changes() AS all_so_far').get()?.['all_so_far'];
  const before = writes();
  const again = createDirectory(db);
  while (!again.warm());
  expect(writes()).toBe(before);
});

test('a disk that refuses leaves everybody to be found as before, and it is tried again at the next start', ({
  db,
  directory,
}) => {
  directory.replaceSource('company', members);
  while (!directory.warm());
  db.exec(asBefore);
  db.exec('PRAGMA query_only = ON');
  const refused = createDirectory(db);
  while (!refused.warm());
  expect(found(refused, 'member 449')).toEqual(['Member 449']);
  db.exec('PRAGMA query_only = OFF');
  const next = createDirectory(db);
  while (!next.warm());
  expect(next.people({ text: 'evenements', offset: 0, limit: 1 }).total).toBe(450);
});
