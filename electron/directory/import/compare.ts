// What a person from a file is beside the people who are here: new, a change of somebody, or nothing new.
import type { ImportChange, Person, PersonDraft, PhoneNumber } from '../../../contract/index.ts';
import { address, comparable } from '../numbers.ts';

export type Verdict =
  | { what: 'new' }
  /** `person` is who is here with what the file knows besides. */
  | { what: 'changed'; person: Person; changes: ImportChange[] }
  | { what: 'same' };

/**
 * `known` are the people here with the same name. The same person has a number or an e-mail address in common, or a
 * company; or nothing that could contradict. An import adds and corrects, it takes nothing away.
 */
export function compare(read: PersonDraft, known: readonly Person[]): Verdict {
  const person = known.find((one) => sharesNumber(one, read)) ?? known.find((one) => couldBe(one, read));
  if (!person) return { what: 'new' };
  const changed: Person = { ...person };
  const changes: ImportChange[] = [];
  const numbers = withNew(person.numbers, read.numbers);
  if (numbers.length > person.numbers.length) {
    changed.numbers = numbers;
    changes.push('numbers');
  }
  for (const field of ['company', 'email', 'note', 'picture'] as const) {
    const value = read[field];
    if (value === undefined || value === person[field]) continue;
    changed[field] = value;
    changes.push(field);
  }
  const groups = [...new Set([...(person.groups ?? []), ...(read.groups ?? [])])].slice(0, 64);
  if (groups.length > (person.groups ?? []).length) {
    changed.groups = groups;
    changes.push('groups');
  }
  return changes.length === 0 ? { what: 'same' } : { what: 'changed', person: changed, changes };
}

function sharesNumber(one: PersonDraft, other: PersonDraft): boolean {
  const keys = new Set(one.numbers.map(numberKey));
  return other.numbers.some((number) => keys.has(numberKey(number)));
}

/** Without a number in common: by what else they share, or because one of the two has no number to differ by. */
function couldBe(one: PersonDraft, other: PersonDraft): boolean {
  const { email, company } = one;
  if (email !== undefined && email.toLowerCase() === other.email?.toLowerCase()) return true;
  if (company !== undefined && company.toLowerCase() === other.company?.toLowerCase()) return true;
  return one.numbers.length === 0 || other.numbers.length === 0;
}

function withNew(numbers: readonly PhoneNumber[], read: readonly PhoneNumber[]): PhoneNumber[] {
  const keys = new Set(numbers.map(numberKey));
  return [...numbers, ...read.filter((number) => !keys.has(numberKey(number)))];
}

/** The same for two spellings of one number or address. */
export function numberKey({ value }: Pick<PhoneNumber, 'value'>): string {
  return address(value)?.toLowerCase() ?? comparable(value)?.digits ?? value;
}
