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
