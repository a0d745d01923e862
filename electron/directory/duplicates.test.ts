// Twins: found, and made one.
import { expect } from 'vitest';
import { draft, test } from './testing.ts';

test('people of one name with a number in common are duplicates, and become one', ({ directory }) => {
  const kellers = () => directory.people({ text: 'keller', offset: 0, limit: 9 }).rows.map(({ name }) => name);
  const one = directory.save(draft('Nora Keller', '+41 44 123 45 67'));
  const two = directory.save({ ...draft('NORA KELLER', '0041441234567', '4410'), groups: ['Team'] });
  directory.save(draft('Nora Keller', '+49 30 999999'));
  expect(directory.duplicates().map((group) => group.map(({ id }) => id))).toEqual([[one.id, two.id]]);
  const { person: whole, undo } = directory.merge([one.id, two.id]);
  expect(whole).toMatchObject({ id: one.id, groups: ['Team'] });
  expect(whole.numbers.map(({ value }) => value)).toEqual(['+41 44 123 45 67', '4410']);
  expect(directory.person(two.id)).toBeNull();
  expect(directory.identify('4410')?.personId).toBe(one.id);
  expect(directory.duplicates()).toEqual([]);
  expect(kellers()).toEqual(['Nora Keller', 'Nora Keller']);
  directory.undo(undo);
  expect([directory.person(one.id), directory.person(two.id)]).toEqual([one, two]);
  expect(kellers()).toHaveLength(3);
});

test('people of one name are duplicates, too, where one has no number, or another has a number of each', ({
  directory,
}) => {
  const groups = () => directory.duplicates().map((group) => group.map(({ id }) => id));
  const one = directory.save(draft('Ana Kern', '4411'));
  const two = directory.save(draft('Ana Kern', '4412'));
  expect(groups()).toEqual([]);
  const both = directory.save(draft('Ana Kern', '4412', '4411'));
  expect(groups()).toEqual([expect.arrayContaining([one.id, two.id, both.id])]);
  const written = directory.save({ ...draft('Miles Novak'), email: 'miles@example.com' });
  const called = directory.save(draft('Miles Novak', '4413'));
  expect(groups()).toHaveLength(2);
  expect(groups().at(-1)).toEqual([written.id, called.id]);
});

test('who is said to be several people is no duplicate, also not through a third; and is one again when that is taken back', ({
  directory,
}) => {
  const groups = () => directory.duplicates().map((group) => group.map(({ id }) => id).toSorted());
  const [one, two, three] = ['4411', '4411', '4411'].map((number) => directory.save(draft('Ana Kern', number)).id);
  if (one === undefined || two === undefined || three === undefined) throw new Error('Three are saved.');
  directory.keepApart([two, one], true);
  expect(groups()).toEqual([[one, three].toSorted()]);
  directory.keepApart([one, two, three], true);
  expect(groups()).toEqual([]);
  directory.save(draft('Ana Kern', '4411'));
  expect(groups()).toHaveLength(1);
  directory.keepApart([three, two, one], false);
  expect(groups()).toEqual([expect.arrayContaining([one, two, three])]);
  expect(() => directory.keepApart([one, 'nobody'], true)).toThrow('no longer');
});
