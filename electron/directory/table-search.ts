// Search while there is no index yet, in the first seconds after a start: one by one in the table, by the same ranks.
import { none, shortestInside, worstRank } from './match.ts';
import { order, preference, type Entry } from './people-index.ts';
import type { PeopleTable } from './people-table.ts';
import type { Token } from './search-text.ts';

/** Letters on a dial pad's keys, with the digit itself. */
const onKeys = ['', '', '[abc2]', '[def3]', '[ghi4]', '[jkl5]', '[mno6]', '[pqrs7]', '[tuv8]', '[wxyz9]'];

/** Who matches every token, in the order of {@link PeopleIndex.search}; only typing errors are not forgiven. */
export function searchTable(
  table: PeopleTable,
  tokens: readonly Token[],
  offset: number,
  limit: number,
): { keys: number[]; total: number } {
  if (tokens.length === 0) return { keys: [], total: 0 };
  const found: { entry: Entry; rank: number }[] = [];
  for (const entry of table.matching(tokens.map(patterns))) {
    const rank = worstRank(entry, tokens);
    if (rank !== none) found.push({ entry, rank });
  }
  found.sort((a, b) => a.rank - b.rank || preference(a.entry, b.entry) || order(a.entry, b.entry));
  return { keys: found.slice(offset, offset + limit).map(({ entry }) => entry.key), total: found.length };
}

/** SQLite's GLOB patterns, one of which everybody has who matches. */
function patterns({ words, digits, keys, initials }: Token): { words: string[]; digits: string[] } {
  return {
    words: [
      ...words.slice(0, 1).map(containing),
      ...keys.map((typed) => `* ${Array.from(typed, (key) => onKeys[Number(key)] ?? '').join('')}*`),
      ...initials.map((letters) => Array.from(letters, (letter) => ` ${letter}*`).join('')),
    ],
    digits: digits.map(containing),
  };
}

function containing(part: string): string {
  const literal = part.replace(/[*?[]/g, '[$&]');
  return part.length < shortestInside ? `* ${literal}*` : `*${literal}*`;
}
