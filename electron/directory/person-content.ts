// All of a person that an edit can change, but for the favourite's star, as one text: equal where nothing differs.
import type { PersonDraft } from '../../contract/index.ts';

/** The same for a draft and for the person it became. Kept in databases, as a hash: it must not change. */
export function personContent(person: PersonDraft): string {
  const { name, company, email, note, picture, groups, ringTone, blocked, numbers } = person;
  const rest = [company, email, note, picture, ringTone].map((value) => value || null);
  return JSON.stringify([
    name,
    ...rest,
    groups ?? [],
    blocked ?? false,
    numbers.map(({ value, kind }) => [value, kind]),
  ]);
}
