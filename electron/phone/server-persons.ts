// People that servers found lately: a row that is looked at or called is still known, though it is not in the store.
import type { Person, PersonRow, ServerPerson } from '../../contract/index.ts';

/** As many as somebody sees in a few searches. */
const mostPersons = 500;

export class ServerPersons {
  /** The oldest first. */
  readonly #known = new Map<string, Person>();

  /** Returns them as lists show them. */
  add(people: readonly ServerPerson[], source: string): PersonRow[] {
    return people.map((found) => {
      const person: Person = { ...found, source, favourite: false };
      this.#known.delete(person.id);
      this.#known.set(person.id, person);
      const [oldest] = this.#known.keys();
      if (this.#known.size > mostPersons && oldest !== undefined) this.#known.delete(oldest);
      return rowOf(person);
    });
  }

  get(personId: string): Person | null {
    return this.#known.get(personId) ?? null;
  }
}

function rowOf({ id, name, company, numbers, source }: Person): PersonRow {
  const [number] = numbers;
  return {
    id,
    name,
    ...(company === undefined ? {} : { company }),
    ...(number === undefined ? {} : { number }),
    numberCount: numbers.length,
    favourite: false,
    source,
  };
}
