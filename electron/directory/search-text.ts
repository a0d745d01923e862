// What search sees of a person, and what it makes of the text in the field.
import { getCountries, getCountryCallingCode } from 'libphonenumber-js/min';
import type { PersonDraft } from '../../contract/index.ts';
import { otherSpelling, words } from '../store/index.ts';
import { address, comparable, westernDigits, type ComparableNumber } from './numbers.ts';

/** What is searched of a person; each word has a space before it, so that ` ke` finds a word that begins with "ke". */
export interface SearchText {
  /** Folded words of the name, a line break, then those of company, e-mail, addresses, groups, other spellings of the name. */
  words: string;
  /** Where in `words` the name ends. */
  nameLength: number;
  /** Digits of each number, without + and 00; and again without the country, or the 0 in place of it. */
  digits: string;
}

/** A number as it is compared, and the address in it; null where it is none. */
export interface ReadNumber {
  number: ComparableNumber | null;
  address: string | null;
}

/** Who needs this of a person more than once reads it once: an import of 100,000 people feels it. */
export function readNumbers(numbers: PersonDraft['numbers']): ReadNumber[] {
  return numbers.map(({ value }) => ({ number: comparable(value), address: address(value) }));
}

/** Sorting by `words` sorts by name, and people of the same name by company. */
export function searchText(
  person: Pick<PersonDraft, 'name' | 'company' | 'email' | 'numbers' | 'groups'>,
  numbers: readonly ReadNumber[] = readNumbers(person.numbers),
): SearchText {
  const name = spaced(words(person.name));
  const other = [...words(person.company ?? ''), ...otherSpelling(person.name)];
  if (person.email) other.push(...addressWords(person.email));
  const digits: string[] = [];
  for (const { number, address: written } of numbers) {
    if (written !== null) other.push(...addressWords(written));
    if (number) digits.push(number.digits, withoutCountry(number));
  }
  for (const group of person.groups ?? []) other.push(...words(group));
  return { words: `${name}\n${spaced(other)}`, nameLength: name.length, digits: spaced(digits) };
}

/** The same for all spellings of a name that sort as one. */
export function nameKey(name: string): string {
  return spaced(words(name)).trim();
}

/** Each once. There are few: looking through them is quicker than a set. */
function spaced(list: readonly string[]): string {
  let text = '';
  for (let at = 0; at < list.length; at += 1) {
    const word = list[at] ?? '';
    if (list.indexOf(word) === at) text += ` ${word}`;
  }
  return text;
}

/** Without the top-level domain, by which nobody is looked for. */
function addressWords(written: string): string[] {
  const bare = written.replace(/^sips?:/i, '');
  const end = bare.lastIndexOf('.');
  const at = bare.indexOf('@');
  return words(at !== -1 && end > at + 1 ? bare.slice(0, end) : bare);
}

function withoutCountry({ digits, international }: ComparableNumber): string {
  return international ? digits.slice(callingCodeLength(digits)) : digits.replace(/^0(?=\d{4})/, '');
}

/** One part of a query; a person has to match all of them. */
export interface Token {
  /** Folded words, all of which count; `4` of "4 Seasons" and the name's words. */
  words: string[];
  /** Spellings of a number, one of which must be in a number; empty for plain words. */
  digits: string[];
  /** The same as a dial pad's keys of a name; empty where it cannot be. */
  keys: string[];
  /** The first letters of the name's words, "nk"; empty for all but two to four letters. */
  initials: string[];
}

/** "nora 044 123" -> the word, and the number in each of its spellings. */
export function tokens(query: string): Token[] {
  const found: Token[] = [];
  let number = '';
  for (const chunk of westernDigits(query).split(/\s+/u)) {
    if (/^[\d+*#()./\-‐-―−[\]]+$/u.test(chunk)) {
      number += number === '' ? chunk : ` ${chunk}`;
      continue;
    }
    if (number !== '') found.push(numberToken(number));
    number = '';
    const searched = chunk.includes('@') ? addressWords(chunk) : words(chunk);
    found.push(...searched.map((word) => ({ words: [word], digits: [], keys: [], initials: initialsOf(word) })));
  }
  if (number !== '') found.push(numberToken(number));
  return found.filter((token) => token.words.length + token.digits.length > 0);
}

function numberToken(written: string): Token {
  const digits = written.replace(/[^\d*#]/g, '');
  const forms = new Set([digits]);
  const international = /^\s*\(?\+/.test(written) ? digits : /^00[1-9]/.test(digits) ? digits.slice(2) : null;
  if (international !== null) {
    if (international.length >= 2) forms.add(international);
    // A number kept as 044 123 45 67 is found by +41 44 123, too.
    const national = international.slice(callingCodeLength(international));
    if (national.length >= 2) forms.add(national);
  } else if (/^0[1-9]\d/.test(digits)) forms.add(digits.slice(1));
  return {
    words: words(written),
    digits: [...forms].filter((form) => form !== ''),
    keys: /^[2-9]{2,}$/.test(digits) ? [digits] : [],
    initials: [],
  };
}

function initialsOf(word: string): string[] {
  return /^[a-z]{2,4}$/.test(word) ? [word] : [];
}

const callingCodes = new Set<string>(getCountries().map((country) => getCountryCallingCode(country)));

/** No calling code is the beginning of another (ITU-T E.164). 0 while it is not complete. */
function callingCodeLength(international: string): number {
  return [1, 2, 3].find((length) => callingCodes.has(international.slice(0, length))) ?? 0;
}
