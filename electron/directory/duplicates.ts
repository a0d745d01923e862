// People who look like the same one, and one person made of several.
import type { DatabaseSync } from 'node:sqlite';
import type { Person } from '../../contract/index.ts';
import { text } from '../store/index.ts';
import { numberKey } from './import/compare.ts';
import type { PeopleTable } from './people-table.ts';

/** More groups than this are not offered at once. */
const mostGroups = 200;

/**
 * Groups of local people with the same folded name who do not contradict each other: a number in common, or one of them
 * without any. A shared number alone (a switchboard) makes nobody the same.
 */
export function duplicates(db: DatabaseSync, table: PeopleTable): Person[][] {
  const alike = db
    .prepare(
      `SELECT group_concat(id, char(10)) AS ids FROM people WHERE removed_at IS NULL AND source = 'local'
       GROUP BY substr(words, 1, name_length) HAVING count(*) > 1 ORDER BY min(words) LIMIT ${mostGroups}`,
    )
    .all();
  return alike
    .map((row) => text(row['ids']).split('\n'))
    .map((ids) => ids.flatMap((id) => table.find(id)?.person ?? []))
    .map(withSomethingInCommon)
    .filter((group) => group.length > 1);
}

function withSomethingInCommon(people: readonly Person[]): Person[] {
  const count = new Map<string, number>();
  for (const person of people) for (const key of numberKeys(person)) count.set(key, (count.get(key) ?? 0) + 1);
  return people.filter(
    (person) => person.numbers.length === 0 || numberKeys(person).some((key) => (count.get(key) ?? 0) > 1),
  );
}

function numberKeys({ numbers }: Person): string[] {
  return [...new Set(numbers.map(numberKey))];
}

/** The first person, with the numbers and groups of all and, where the first has none, what the others know. */
export function merged(people: readonly Person[]): Person {
  const [first, ...others] = people;
  if (!first) throw new RangeError('Nobody to merge.');
  const person: Person = { ...first, numbers: [...first.numbers] };
  const known = new Set(numberKeys(first));
  for (const other of others) {
    for (const number of other.numbers) {
      const key = numberKey(number);
      if (!known.has(key)) person.numbers.push(number);
      known.add(key);
    }
    for (const field of ['company', 'email', 'picture'] as const) {
      const value = other[field];
      if (person[field] === undefined && value !== undefined) person[field] = value;
    }
    if (person.ringTone === undefined && other.ringTone !== undefined) person.ringTone = other.ringTone;
    person.favourite ||= other.favourite;
  }
  const notes = new Set(people.flatMap(({ note }) => note ?? []));
  if (notes.size > 0) person.note = [...notes].join('\n\n').slice(0, 4096);
  const groups = new Set(people.flatMap((one) => one.groups ?? []));
  if (groups.size > 0) person.groups = [...groups];
  if (people.some(({ blocked }) => blocked)) person.blocked = true;
  return person;
}
