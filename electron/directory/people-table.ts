// The tables `people` and `numbers`: reading and writing one person.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import * as v from 'valibot';
import {
  personRingToneSchema,
  phoneNumberSchema,
  type Person,
  type PersonDraft,
  type PersonRow,
  type PhoneNumber,
} from '../../contract/index.ts';
import { number, optional, text, type Row } from '../store/index.ts';
import { address, comparable, tail } from './numbers.ts';
import { oftenAndLately } from './often-and-lately.ts';
import type { Entry } from './people-index.ts';
import { readNumbers, searchText, type ReadNumber } from './search-text.ts';

/** A person as it goes into the table. */
export interface NewPerson extends PersonDraft {
  id: string;
  source: string;
  favourite: boolean;
  sourceKey: string | null;
}

/** What is known of a row besides the person. */
export interface StoredPerson {
  key: number;
  person: Person;
  sourceKey: string | null;
  edited: boolean;
  removed: boolean;
}

const columns =
  'key, id, name, company, email, note, picture, ring_tone, groups, blocked, favourite, source, source_key, edited, removed_at';
const entryColumns = 'key, words, name_length, number_digits, favourite, used_at';
/** People looked at in one go: about two milliseconds. */
const inOnePart = 500;
/** The same where all of a person is read: some milliseconds. */
const inOneRenewal = 200;
/** Who has no letter from A to Z stands behind. */
const isBehind = "(substr(words, 2, 1) NOT BETWEEN 'a' AND 'z')";
const firstNumber = `SELECT position FROM numbers WHERE person = p.key ORDER BY used_at DESC, position LIMIT 1`;

const kinds = new Map<string, PhoneNumber['kind']>(phoneNumberSchema.entries.kind.options.map((kind) => [kind, kind]));

/** Of who is new. */
const unused: ReadonlyMap<string, number> = new Map();

/** Prepared statements over one database. Transactions are the caller's. */
export class PeopleTable {
  readonly #insert: StatementSync;
  readonly #update: StatementSync;
  readonly #numbers: StatementSync;
  readonly #insertNumber: StatementSync;
  readonly #deleteNumbers: StatementSync;
  readonly #byId: StatementSync;
  readonly #rows: StatementSync;
  readonly #entry: StatementSync;
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#insert = db.prepare(
      `INSERT INTO people (id, name, company, email, note, picture, ring_tone, groups, blocked, favourite, source, source_key, words, name_length, number_digits)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#update = db.prepare(
      `UPDATE people SET name = :name, company = :company, email = :email, note = :note, picture = :picture,
         ring_tone = :ringTone, groups = :groups, blocked = :blocked, favourite = :favourite,
         edited = :edited, removed_at = NULL, words = :words, name_length = :nameLength, number_digits = :digits
       WHERE key = :key`,
    );
    this.#numbers = db.prepare('SELECT value, kind, used_at FROM numbers WHERE person = ? ORDER BY position');
    this.#insertNumber = db.prepare(
      `INSERT INTO numbers (person, position, value, kind, digits, international, tail, address, used_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#deleteNumbers = db.prepare('DELETE FROM numbers WHERE person = ?');
    this.#byId = db.prepare(`SELECT ${columns} FROM people WHERE id = ?`);
    this.#entry = db.prepare(`SELECT ${entryColumns} FROM people WHERE key = ?`);
    this.#rows = db.prepare(
      `SELECT p.id, p.name, p.company, p.favourite, p.source, p.picture IS NOT NULL AS has_picture, n.value, n.kind,
         (SELECT count(*) FROM numbers WHERE person = p.key) AS number_count,
         wanted.key AS place
       FROM json_each(?) AS wanted CROSS JOIN people p ON p.key = wanted.value AND p.removed_at IS NULL
       LEFT JOIN numbers n ON n.person = p.key AND n.position = (${firstNumber})`,
    );
  }

  /** Returns the new row's key. */
  insert(person: NewPerson): number {
    const read = readNumbers(person.numbers);
    const row = written(person, read);
    // By position: names of parameters are looked up each time, which an import of 100,000 people feels.
    const { lastInsertRowid } = this.#insert.run(
      person.id,
      row.name,
      row.company,
      row.email,
      row.note,
      row.picture,
      row.ringTone,
      row.groups,
      row.blocked,
      row.favourite,
      person.source,
      person.sourceKey,
      row.words,
      row.nameLength,
      row.digits,
    );
    const key = Number(lastInsertRowid);
    this.#writeNumbers(key, person.numbers, read, unused);
    return key;
  }

  /** Overwrites name, numbers and all; a removed person is there again. What number was used last stays known. */
  update(key: number, person: PersonDraft & { favourite: boolean }, edited: boolean): void {
    const read = readNumbers(person.numbers);
    this.#update.run({ ...written(person, read), edited: Number(edited), key });
    const used = new Map(this.#numbers.all(key).map((row) => [text(row['value']), number(row['used_at'])]));
    this.#deleteNumbers.run(key);
    this.#writeNumbers(key, person.numbers, read, used);
  }

  /** Makes the search texts of who comes after this key anew. `last` is who was looked at last; null: there are no more. */
  renewTexts(after: number): { last: number | null; changed: boolean } {
    const rows = this.#db
      .prepare(`SELECT ${columns}, words, number_digits FROM people WHERE key > ? ORDER BY key LIMIT ${inOneRenewal}`)
      .all(after);
    const update = this.#db.prepare('UPDATE people SET words = ?, name_length = ?, number_digits = ? WHERE key = ?');
    let changed = false;
    for (const row of rows) {
      const { key, person } = this.#stored(row);
      const { words, nameLength, digits } = searchText(person);
      if (words === row['words'] && digits === row['number_digits']) continue;
      update.run(words, nameLength, digits, key);
      changed = true;
    }
    const last = rows.at(-1)?.['key'];
    return { last: last === undefined ? null : number(last), changed };
  }

  find(id: string): StoredPerson | null {
    const row = this.#byId.get(id);
    return row ? this.#stored(row) : null;
  }

  ofSource(source: string): StoredPerson[] {
    const rows = this.#db
      .prepare(`SELECT ${columns} FROM people WHERE source = ? AND source_key IS NOT NULL`)
      .all(source);
    return rows.map((row) => this.#stored(row));
  }

  /** As lists show them, in the order of `keys`. */
  rows(keys: readonly number[]): PersonRow[] {
    const rows: (PersonRow | undefined)[] = [];
    // Put in their places here: SQLite takes longer to sort a page than to read it.
    for (const row of this.#rows.all(JSON.stringify(keys))) rows[number(row['place'])] = personRow(row);
    return rows.filter((row) => row !== undefined);
  }

  favourites(): PersonRow[] {
    const rows = this.#db
      .prepare('SELECT key FROM people WHERE favourite = 1 AND removed_at IS NULL ORDER BY words, key')
      .all();
    return this.rows(rows.map((row) => number(row['key'])));
  }

  entry(key: number): Entry | null {
    const row = this.#entry.get(key);
    return row ? entryOf(row) : null;
  }

  /** Everybody who is not removed, for the index, in parts: between two of them people may change. */
  *entries(): Generator<Entry[]> {
    const some = this.#db.prepare(
      `SELECT ${entryColumns} FROM people WHERE key > ? AND removed_at IS NULL ORDER BY key LIMIT ${inOnePart}`,
    );
    for (let after = -1, rows = some.all(after); rows.length > 0; rows = some.all(after)) {
      after = number(rows.at(-1)?.['key']);
      yield rows.map(entryOf);
    }
  }

  /** Who has, for each part of a query, one of its patterns (GLOB) among their words or digits; in no order. */
  *matching(parts: readonly { words: readonly string[]; digits: readonly string[] }[]): Generator<Entry> {
    const conditions = parts.map(({ words, digits }) =>
      [...words.map(() => 'words GLOB ?'), ...digits.map(() => 'number_digits GLOB ?')].join(' OR '),
    );
    const rows = this.#db
      .prepare(
        `SELECT ${entryColumns} FROM people WHERE removed_at IS NULL AND ${conditions.map((one) => `(${one})`).join(' AND ')}`,
      )
      .iterate(...parts.flatMap(({ words, digits }) => [...words, ...digits]));
    for (const row of rows) yield entryOf(row);
  }

  /** A page of everybody by name, in the order of the index, for as long as that is not loaded. */
  page(offset: number, limit: number): number[] {
    const rows = this.#db
      .prepare(`SELECT key FROM people WHERE removed_at IS NULL ORDER BY ${isBehind}, words, key LIMIT ? OFFSET ?`)
      .all(limit, offset);
    return rows.map((row) => number(row['key']));
  }

  /** How many there are, and the index of the first person under each initial. */
  letters(): { total: number; letters: { letter: string; index: number }[] } {
    const rows = this.#db
      .prepare(
        `SELECT substr(words, 2, 1) AS first, count(*) AS people FROM people WHERE removed_at IS NULL GROUP BY first ORDER BY first`,
      )
      .all();
    const letters: { letter: string; index: number }[] = [];
    let total = 0;
    let others = 0;
    for (const row of rows) {
      const first = text(row['first']);
      const people = number(row['people']);
      if (first >= 'a' && first <= 'z') {
        letters.push({ letter: first.toUpperCase(), index: total });
        total += people;
      } else others += people;
    }
    if (others > 0) letters.push({ letter: '#', index: total });
    return { total: total + others, letters };
  }

  /** Folded names of who is here from this source, in parts. */
  *names(source: string): Generator<{ name: string; id: string }[]> {
    const some = this.#db.prepare(
      `SELECT key, id, substr(words, 1, name_length) AS name FROM people
       WHERE key > ? AND source = ? AND removed_at IS NULL ORDER BY key LIMIT ${inOnePart}`,
    );
    for (let after = -1, rows = some.all(after, source); rows.length > 0; rows = some.all(after, source)) {
      after = number(rows.at(-1)?.['key']);
      yield rows.map((row) => ({ name: text(row['name']).trim(), id: text(row['id']) }));
    }
  }

  /** Everybody who is not removed, by name. */
  *all(): Generator<Person> {
    const rows = this.#db.prepare(`SELECT ${columns} FROM people WHERE removed_at IS NULL ORDER BY words, key`);
    for (const row of rows.iterate()) yield this.#stored(row).person;
  }

  picture(id: string): string | null {
    const row = this.#db.prepare('SELECT picture FROM people WHERE id = ? AND removed_at IS NULL').get(id);
    return row === undefined || row['picture'] === null ? null : text(row['picture']);
  }

  /** Of people on the block list. */
  blockedNumbers(): string[] {
    const rows = this.#db
      .prepare(
        `SELECT n.value FROM people p JOIN numbers n ON n.person = p.key WHERE p.blocked = 1 AND p.removed_at IS NULL`,
      )
      .all();
    return rows.map((row) => text(row['value']));
  }

  /** A call was placed to this number of this person: it goes first from now on. */
  used(key: number, dialled: string, at: number): void {
    const wanted = address(dialled)?.toLowerCase() ?? comparable(dialled)?.digits;
    if (wanted === undefined) return;
    this.#db
      .prepare('UPDATE numbers SET used_at = max(used_at, ?) WHERE person = ? AND (address = ? OR digits = ?)')
      .run(at, key, wanted, wanted);
    const before = number(this.#db.prepare('SELECT used_at FROM people WHERE key = ?').get(key)?.['used_at']);
    this.#db.prepare('UPDATE people SET used_at = ? WHERE key = ?').run(oftenAndLately(before, at), key);
  }

  #writeNumbers(
    key: number,
    numbers: readonly PhoneNumber[],
    read: readonly ReadNumber[],
    used: ReadonlyMap<string, number>,
  ): void {
    for (const [position, { value, kind }] of numbers.entries()) {
      const compared = read[position]?.number ?? null;
      this.#insertNumber.run(
        key,
        position,
        value,
        kind,
        compared?.digits ?? null,
        Number(compared?.international ?? false),
        compared ? tail(compared) : null,
        read[position]?.address?.toLowerCase() ?? null,
        used.get(value) ?? 0,
      );
    }
  }

  #stored(row: Row): StoredPerson {
    const key = number(row['key']);
    return {
      key,
      sourceKey: row['source_key'] === null ? null : text(row['source_key']),
      edited: row['edited'] === 1,
      removed: row['removed_at'] !== null,
      person: {
        id: text(row['id']),
        name: text(row['name']),
        ...optional('company', row['company'], text),
        ...optional('email', row['email'], text),
        ...optional('note', row['note'], text),
        ...optional('picture', row['picture'], text),
        ...optional('ringTone', row['ring_tone'], (value) => v.parse(personRingToneSchema, value)),
        ...optional('groups', row['groups'], (value) => v.parse(v.array(v.string()), JSON.parse(text(value)))),
        ...(row['blocked'] === 1 ? { blocked: true } : {}),
        numbers: this.#numbers.all(key).map(phoneNumber),
        favourite: row['favourite'] === 1,
        source: text(row['source']),
      },
    };
  }
}

/** The columns that insert and update share. */
function written(person: PersonDraft & { favourite: boolean }, numbers: readonly ReadNumber[]) {
  const { words, nameLength, digits } = searchText(person, numbers);
  return {
    words,
    nameLength,
    digits,
    name: person.name,
    company: person.company || null,
    email: person.email || null,
    note: person.note || null,
    picture: person.picture || null,
    ringTone: person.ringTone || null,
    groups: person.groups?.length ? JSON.stringify(person.groups) : null,
    blocked: Number(person.blocked ?? false),
    favourite: Number(person.favourite),
  };
}

/** Not by the schema, which would take most of the time of a page that is found for a key. */
function phoneNumber(row: Row): PhoneNumber {
  const kind = kinds.get(text(row['kind']));
  if (!kind) throw new TypeError(`The database holds no kind of number that is called ${text(row['kind'])}.`);
  return { value: text(row['value']), kind };
}

function personRow(row: Row): PersonRow {
  return {
    id: text(row['id']),
    name: text(row['name']),
    ...optional('company', row['company'], text),
    ...(row['value'] === null ? {} : { number: phoneNumber(row) }),
    numberCount: number(row['number_count']),
    favourite: row['favourite'] === 1,
    source: text(row['source']),
    ...(row['has_picture'] === 1 ? { hasPicture: true } : {}),
  };
}

function entryOf(row: Row): Entry {
  return {
    key: number(row['key']),
    words: text(row['words']),
    nameLength: number(row['name_length']),
    digits: text(row['number_digits']),
    favourite: row['favourite'] === 1,
    usedAt: number(row['used_at']),
  };
}
