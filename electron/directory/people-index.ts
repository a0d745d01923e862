// All people in order, in memory, and the search over them: one pass that looks at the strings of few.
import { initial } from '../store/index.ts';
import { keysOf } from './dial-keys.ts';
import { Vocabulary } from './vocabulary.ts';
import { Signatures, signature, startBit, wantedBits, type Bits } from './signatures.ts';
import type { SearchText, Token } from './search-text.ts';

export interface Entry extends SearchText {
  /** `people.key` in the database. */
  key: number;
  favourite: boolean;
  /** Last call placed to them, ms since the epoch; 0: never. */
  usedAt: number;
}

/** Words shorter than this are only looked for at the beginning of words: inside, they are everywhere. */
const shortestInside = 3;

/**
 * How well a person matches: begins a word of the name; begins another word or a number; is inside one; are the initials or
 * the dial pad's keys of the name; does not.
 */
type Rank = 0 | 1 | 2 | 3 | 4;
const none = 4;
/** With fewer people found than this, those follow who match but for a typing error. */
const enough = 50;

type RankOf = (position: number) => Rank;

/** Ordered by name: A to Z, then who begins otherwise. */
export class PeopleIndex {
  #entries: Entry[] = [];
  #signatures = new Signatures();
  #vocabulary = new Vocabulary();
  #last: { query: string; found: readonly number[] } | null = null;

  /** Puts all of `entries` in place of what was there. */
  load(entries: Iterable<Entry>): void {
    this.#entries = Array.from(entries).sort(order);
    this.#signatures = new Signatures(Math.max(this.#entries.length + 256, 1024));
    this.#vocabulary = new Vocabulary();
    for (const [position, entry] of this.#entries.entries()) {
      this.#signatures.insert(position, bitsOf(entry));
      this.#vocabulary.add(entry);
    }
    this.#last = null;
  }

  get size(): number {
    return this.#entries.length;
  }

  add(entry: Entry): void {
    const position = this.#position(entry);
    this.#entries.splice(position, 0, entry);
    this.#signatures.insert(position, bitsOf(entry));
    this.#vocabulary.add(entry);
    this.#last = null;
  }

  /** Takes the person out, who has to be given as they were. */
  remove(entry: Entry): void {
    const position = this.#position(entry);
    if (this.#entries[position]?.key !== entry.key) return;
    this.#entries.splice(position, 1);
    this.#signatures.remove(position);
    this.#vocabulary.remove(entry);
    this.#last = null;
  }

  /** Keys of `limit` people by name, from `offset` on. */
  page(offset: number, limit: number): number[] {
    return this.#entries.slice(offset, offset + limit).map(({ key }) => key);
  }

  /** Initial letters in order, with the index of the first person under each; `#` is last. */
  letters(): { letter: string; index: number }[] {
    const found: { letter: string; index: number }[] = [];
    for (let index = 0; index < this.#entries.length;) {
      const letter = initial(this.#entries[index]?.words ?? '');
      found.push({ letter, index });
      index = this.#after(letter, index);
    }
    return found;
  }

  /**
   * Who matches every token, best first: by rank, then favourites, then those called last, then by name. Keys of the
   * page, and how many match in all. The last answer is kept, for its other pages.
   */
  search(query: string, tokens: readonly Token[], offset: number, limit: number): { keys: number[]; total: number } {
    if (this.#last?.query !== query) this.#last = { query, found: this.#scan(tokens) };
    const { found } = this.#last;
    const page = found.slice(offset, offset + limit);
    return { keys: page.flatMap((position) => this.#entries[position]?.key ?? []), total: found.length };
  }

  #scan(tokens: readonly Token[]): number[] {
    if (tokens.length === 0) return [];
    const ranks = tokens.map((token) => this.#tokenRank(token));
    const ranked: [number[], number[], number[], number[]] = [[], [], [], []];
    for (const position of this.#signatures.candidates(tokens.map((token) => wantedBits(token, isShort)))) {
      const rank = worst(ranks, position);
      if (rank !== none) ranked[rank].push(position);
    }
    const exact = ranked.flatMap((positions) => this.#preferredFirst(positions));
    return exact.length < enough ? [...exact, ...this.#mistyped(tokens, exact)] : exact;
  }

  /** Who would match if one word of the query had no typing error. */
  #mistyped(tokens: readonly Token[], exact: readonly number[]): number[] {
    const found = new Set<number>();
    const known = new Set(exact);
    for (const [index, { words, digits }] of tokens.entries()) {
      const [word] = words;
      if (word === undefined || digits.length > 0) continue;
      const others = tokens.filter((_, other) => other !== index).map((token) => this.#tokenRank(token));
      for (const entry of this.#vocabulary.near(word)) {
        const position = this.#position(entry);
        if (!known.has(position) && worst(others, position) !== none) found.add(position);
      }
    }
    return [...found];
  }

  /** Favourites and people that were called are few, so the many others need no sorting. */
  #preferredFirst(positions: number[]): number[] {
    const first = positions.filter((position) => this.#signatures.isPreferred(position));
    if (first.length === 0) return positions;
    first.sort((a, b) => preference(this.#entries[a], this.#entries[b]) || a - b);
    return [...first, ...positions.filter((position) => !this.#signatures.isPreferred(position))];
  }

  #tokenRank(token: Token): RankOf {
    const words = token.words.map((word) => this.#wordRank(word));
    const numbers = token.digits.map((digits) => this.#digitsRank(digits));
    const [word] = words;
    const [initials] = token.initials;
    if (numbers.length === 0 && words.length === 1 && word) {
      return initials === undefined
        ? word
        : (position) => least(word(position), this.#initialsRank(position, initials));
    }
    const [keys] = token.keys;
    return (position) => {
      const byNumber = best(numbers, position);
      const byText = byNumber === 1 || words.length === 0 ? byNumber : least(byNumber, worst(words, position));
      return byText === none && keys !== undefined ? this.#keysRank(position, keys) : byText;
    };
  }

  #initialsRank(position: number, initials: string): Rank {
    const entry = this.#entries[position];
    if (!entry) return none;
    let at = -1;
    for (let letter = 0; letter < initials.length; letter += 1) {
      at = entry.words.indexOf(' ', at + 1);
      if (at === -1 || at >= entry.nameLength || entry.words[at + 1] !== initials[letter]) return none;
    }
    return 3;
  }

  #keysRank(position: number, keys: string): Rank {
    const entry = this.#entries[position];
    return entry && keysOf(entry.words.slice(0, entry.nameLength)).includes(` ${keys}`) ? 3 : none;
  }

  #wordRank(word: string): RankOf {
    const first = word.charCodeAt(0);
    const letter = startBit(first);
    const beginning = ` ${word}`;
    const inside = !isShort(word);
    // The bit of a letter from a to z says all there is to know.
    if (word.length === 1 && first >= 97 && first <= 122) return (position) => this.#letterRank(position, letter);
    return (position) => {
      const entry = this.#entries[position];
      if (!entry) return none;
      if (this.#signatures.startsWithLetter(position, letter) !== null) {
        const at = entry.words.indexOf(beginning);
        if (at !== -1) return at < entry.nameLength ? 0 : 1;
      }
      return inside && entry.words.includes(word) ? 2 : none;
    };
  }

  #letterRank(position: number, letter: number): Rank {
    const where = this.#signatures.startsWithLetter(position, letter);
    if (where === null) return none;
    return where === 'name' ? 0 : 1;
  }

  #digitsRank(digits: string): RankOf {
    const beginning = ` ${digits}`;
    const inside = !isShort(digits);
    if (/^\d$/.test(digits)) {
      return (position) => (this.#signatures.startsWithDigit(position, Number(digits)) ? 1 : none);
    }
    return (position) => {
      const there = this.#entries[position]?.digits ?? '';
      if (there.includes(beginning)) return 1;
      return inside && there.includes(digits) ? 2 : none;
    };
  }

  #position(entry: Entry): number {
    return this.#first((there) => order(there, entry) >= 0);
  }

  /** Where the people under a letter end. */
  #after(letter: string, from: number): number {
    const next = this.#first(
      (there) => letter !== '#' && (initial(there.words) === '#' || initial(there.words) > letter),
    );
    return Math.max(next, from + 1);
  }

  /** Position of the first entry for which this holds, and with it for all behind (binary search). */
  #first(holds: (entry: Entry) => boolean): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const there = this.#entries[middle];
      if (there && !holds(there)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function bitsOf(entry: Entry): Bits {
  return signature(entry, entry.favourite || entry.usedAt > 0);
}

/** One order for list, letters and search: folded names, those without a letter from A to Z behind. */
function order(a: Entry, b: Entry): number {
  const behind = Number(!beginsWithLetter(a.words)) - Number(!beginsWithLetter(b.words));
  if (behind !== 0) return behind;
  if (a.words !== b.words) return a.words < b.words ? -1 : 1;
  return a.key - b.key;
}

function beginsWithLetter(words: string): boolean {
  const first = words.charCodeAt(1);
  return first >= 97 && first <= 122;
}

function preference(a: Entry | undefined, b: Entry | undefined): number {
  if (!a || !b) return 0;
  return Number(b.favourite) - Number(a.favourite) || b.usedAt - a.usedAt;
}

function least(a: Rank, b: Rank): Rank {
  return a < b ? a : b;
}

function best(ranks: readonly RankOf[], position: number): Rank {
  let found: Rank = none;
  for (const rank of ranks) found = least(found, rank(position));
  return found;
}

function worst(ranks: readonly RankOf[], position: number): Rank {
  let found: Rank = 0;
  for (const rankOf of ranks) {
    const rank = rankOf(position);
    if (rank === none) return none;
    if (rank > found) found = rank;
  }
  return found;
}

function isShort(word: string): boolean {
  return word.length < shortestInside;
}
