// How well one person matches one token of a query, the plain way: by their strings.
import { keysOf } from './dial-keys.ts';
import type { SearchText, Token } from './search-text.ts';

/**
 * Begins a word of the name; begins another word or a number; is inside one; are the initials or the dial pad's keys of
 * the name; does not match.
 */
export type Rank = 0 | 1 | 2 | 3 | 4;
export const none = 4;

/** Words shorter than this are only looked for at the beginning of words: inside, they are everywhere. */
export const shortestInside = 3;

export function rankOf(person: SearchText, { words, digits, keys, initials }: Token): Rank {
  let rank: Rank = words.length === 0 ? none : 0;
  for (const word of words) rank = greater(rank, wordRank(person, word));
  for (const form of digits) rank = lesser(rank, numberRank(person, form));
  if (rank !== none) return rank;
  const name = person.words.slice(0, person.nameLength);
  const first = keys.length > 0 ? keysOf(name) : '';
  if (keys.some((typed) => first.includes(` ${typed}`))) return 3;
  return initials.some((letters) => initialsOf(name).startsWith(letters)) ? 3 : none;
}

/** The worst of the tokens' ranks: all have to match. */
export function worstRank(person: SearchText, tokens: readonly Token[]): Rank {
  let rank: Rank = 0;
  for (const token of tokens) rank = greater(rank, rankOf(person, token));
  return rank;
}

/** ` nora keller` -> `nk` */
export function initialsOf(name: string): string {
  let found = '';
  for (let at = name.indexOf(' '); at !== -1; at = name.indexOf(' ', at + 1)) found += name.charAt(at + 1);
  return found;
}

function wordRank({ words, nameLength }: SearchText, word: string): Rank {
  const at = words.indexOf(` ${word}`);
  if (at !== -1) return at < nameLength ? 0 : 1;
  return word.length >= shortestInside && words.includes(word) ? 2 : none;
}

function numberRank({ digits }: SearchText, form: string): Rank {
  if (digits.includes(` ${form}`)) return 1;
  return form.length >= shortestInside && digits.includes(form) ? 2 : none;
}

function lesser(a: Rank, b: Rank): Rank {
  return a < b ? a : b;
}

function greater(a: Rank, b: Rank): Rank {
  return a > b ? a : b;
}
