// People who look like the same one, and one person made of several.
import type { DatabaseSync } from 'node:sqlite';
import type { Person } from '../../contract/index.ts';
import { number, text, type Row } from '../store/index.ts';
import { numberKey } from './import/compare.ts';
import type { PeopleTable, StoredPerson } from './people-table.ts';

/** More groups than this are not offered at once. */
const mostGroups = 200;

/**
 * Groups of local people with the same folded name who do not contradict each other: a number in common, or one of them
 * without any. A shared number alone (a switchboard) makes nobody the same, and no group has two who are to be kept apart.
 */
export function duplicates(db: DatabaseSync, table: PeopleTable): Person[][] {
  const apart = new Set(db.prepare('SELECT one, other FROM people_apart').all().map(pairOf));
  const alike = db
    .prepare(
      `SELECT group_concat(id, char(10)) AS ids FROM people WHERE removed_at IS NULL AND source = 'local'
       GROUP BY substr(words, 1, name_length) HAVING count(*) > 1 ORDER BY min(words) LIMIT ${mostGroups}`,
    )
    .all();
  return alike
    .map((row) => text(row['ids']).split('\n'))
    .map((ids) => ids.flatMap((id) => table.find(id) ?? []))
    .flatMap((people) => grouped(people, apart))
    .map((group) => group.map(({ person }) => person));
}

/** Notes that each of them is somebody else than all others, or forgets it. The transaction is the caller's. */
export function keepApart(db: DatabaseSync, keys: readonly number[], apart: boolean): void {
  const statement = db.prepare(
    apart
      ? 'INSERT OR IGNORE INTO people_apart (one, other) VALUES (?, ?)'
      : 'DELETE FROM people_apart WHERE one = ? AND other = ?',
  );
  const ordered = [...new Set(keys)].sort((a, b) => a - b);
  for (const [at, one] of ordered.entries()) for (const other of ordered.slice(at + 1)) statement.run(one, other);
}

function pairOf({ one, other }: Row): string {
  return `${number(one)} ${number(other)}`;
}

/** Each with all who have something in common with them, as long as nobody among them is to be kept apart. */
function grouped(people: readonly StoredPerson[], apart: ReadonlySet<string>): StoredPerson[][] {
  const areApart = (a: StoredPerson, b: StoredPerson) =>
    apart.has(`${Math.min(a.key, b.key)} ${Math.max(a.key, b.key)}`);
  let groups: StoredPerson[][] = [];
  for (const one of people) {
    let joined = [one];
    const others: StoredPerson[][] = [];
    for (const group of groups) {
      const isTheirs =
        group.some(({ person }) => hasInCommon(person, one.person)) &&
        !group.some((member) => joined.some((other) => areApart(member, other)));
      if (isTheirs) joined = [...group, ...joined];
      else others.push(group);
    }
    groups = [...others, joined];
  }
  return groups.filter((group) => group.length > 1);
}

function hasInCommon(one: Person, other: Person): boolean {
  if (one.numbers.length === 0 || other.numbers.length === 0) return true;
  const keys = new Set(numberKeys(one));
  return numberKeys(other).some((key) => keys.has(key));
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
