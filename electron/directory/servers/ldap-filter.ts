// What is asked of an LDAP server (RFC 4511 section 4.5.1.7). Filters are built from values, so that nothing typed can be
// read as a filter.
import { AndFilter, EqualityFilter, FilterParser, OrFilter, SubstringFilter, type Filter } from 'ldapts';
import type { LdapAttributes } from '../../../contract/index.ts';
import { comparable, type ComparableNumber } from '../numbers.ts';
import { serverError } from './problems.ts';

/** More words than a name has are a paragraph. */
const mostWords = 6;
/** Shorter texts are looked for at the beginning of words alone: inside, they are everywhere. */
const shortestInside = 3;
/** The last digits tell a number, in whatever spelling the server has it. */
const tellingDigits = 9;
/** As many digits and fewer are an extension, which is the whole of itself. */
const longestExtension = 6;

/** People whose name, company or e-mail has every word, or who have a number with these digits; null: nothing to ask. */
export function searchFilter(text: string, attributes: LdapAttributes, people: Filter | null): Filter | null {
  const digits = /\p{L}/u.test(text) ? '' : text.replace(/[^\d*#]/g, '');
  if (digits !== '') {
    return digits.length < shortestInside
      ? null
      : both(
          people,
          anyNumber(attributes, (name) => spelled(name, digits)),
        );
  }
  const words = text.split(/[\s,]+/u).filter(Boolean);
  if (words.length === 0 || words.length > mostWords) return null;
  return both(people, and(words.map((word) => wordFilter(word, attributes))));
}

/** Everybody whose number may be this one: the answer still has to be compared. null: no number. */
export function numberFilter(number: string, attributes: LdapAttributes, people: Filter | null): Filter | null {
  const compared = comparable(number);
  return (
    compared &&
    both(
      people,
      anyNumber(attributes, (name) => sameNumber(name, compared)),
    )
  );
}

/** The person's own filter. Throws ProblemError when it is none. */
export function peopleFilter(text: string | undefined): Filter | null {
  if (text === undefined || text === '') return null;
  try {
    return FilterParser.parseString(text);
  } catch (error) {
    throw serverError(
      'server-filter',
      'This is no LDAP filter. One looks like (objectClass=person).',
      'filter',
      error instanceof Error ? error.message : String(error),
    );
  }
}

/** Those who may be called: entries with a name. */
export function everybody(attributes: LdapAttributes, people: Filter | null): Filter {
  return both(people, FilterParser.parseString(`(${attributes.name}=*)`));
}

function wordFilter(word: string, { name, company, email }: LdapAttributes): Filter {
  const inside = word.length >= shortestInside;
  const places = new Set([name, company]);
  return new OrFilter({
    filters: [
      ...[...places].flatMap((attribute) =>
        inside
          ? [new SubstringFilter({ attribute, any: [word] })]
          : [new SubstringFilter({ attribute, initial: word }), new SubstringFilter({ attribute, any: [` ${word}`] })],
      ),
      new SubstringFilter({ attribute: email, initial: word }),
    ],
  });
}

function anyNumber(attributes: LdapAttributes, filter: (attribute: string) => Filter): Filter {
  const { work, mobile, home, extension } = attributes;
  return new OrFilter({ filters: [...new Set([work, mobile, home, extension])].map(filter) });
}

/** `+41 44 123 45 67` has `4123`, whatever stands between the digits. */
function spelled(attribute: string, digits: string): Filter {
  return new SubstringFilter({ attribute, any: digits.slice(-tellingDigits).split('') });
}

function sameNumber(attribute: string, { digits }: ComparableNumber): Filter {
  return digits.length <= longestExtension
    ? new EqualityFilter({ attribute, value: digits })
    : spelled(attribute, digits);
}

function both(one: Filter | null, other: Filter): Filter {
  return one ? new AndFilter({ filters: [one, other] }) : other;
}

function and(filters: Filter[]): Filter {
  const [only] = filters;
  return filters.length === 1 && only ? only : new AndFilter({ filters });
}
