// All people in order, in memory, and the search over them: by lists over most, one by one over who came since.
import { initial } from '../store/index.ts';
import { inOneStep, sorting } from './in-steps.ts';
import { Marks, noneOfFour } from './marks.ts';
import { none, worstRank } from './match.ts';
import { PeopleLists } from './people-lists.ts';
import { tokens as tokensOf, type SearchText, type Token } from './search-text.ts';
import { Vocabulary } from './vocabulary.ts';

export interface Entry extends SearchText {
  /** `people.key` in the database. */
  key: number;
  favourite: boolean;
  /** How often and how lately they are called ({@link oftenAndLately}); 0: never. */
  usedAt: number;
}

/** With fewer people found than this, those follow who match but for a typing error. */
const enough = 50;
/** Begin so many that their answers are kept: to find them anew takes longest of all, and with them every search begins. */
const letters = 'abcdefghijklmnopqrstuvwxyz';
/** With more people than this added one by one, the lists are made anew. */
const mostRecent = 500;

/** Ordered by name: A to Z, then who begins otherwise. */
export class PeopleIndex {
  #entries: Entry[] = [];
  /** By position: the person's slot in the lists; -1 for who came since they were made. */
  #slots: number[] = [];
  /** By slot: the position plus 1; 0 for who is gone. */
  #places = new Int32Array(0);
  /** By `key`, of who has one. */
  #slotOf = new Map<number, number>();
  #lists: PeopleLists | null = null;
  #recent = new Set<Entry>();
  /** Favourites and who was called: few, and first in their rank. */
  #preferred = new Set<Entry>();
  #vocabulary = new Vocabulary();
  #last: { query: string; found: Int32Array } | null = null;
  /** Answers to the {@link letters}. */
  readonly #byLetter = new Map<string, Int32Array>();
  /** Used again for each key: left to the garbage collector, a hundred kilobytes a word soon make it stop for 100 ms. */
  #scratch: Marks[] = [];
  #found = new Int32Array(0);
  #matches = new Int32Array(0);

  /** Puts all of `entries` in place of what was there. */
  load(entries: readonly Entry[]): void {
    Array.from(this.loading([entries]));
  }

  /** The same in steps, for there may be many people; the index is not to be asked before the last. */
  *loading(parts: Iterable<readonly Entry[]>): Generator<void, void> {
    const entries: Entry[] = [];
    for (const part of parts) {
      for (const entry of part) entries.push(entry);
      yield;
    }
    this.#entries = yield* sorting(entries, order);
    this.#slots = Array.from(this.#entries.keys());
    this.#places = Int32Array.from(this.#slots, (slot) => slot + 1);
    yield;
    this.#lists = yield* PeopleLists.making(this.#entries);
    this.#recent.clear();
    this.#preferred.clear();
    this.#slotOf.clear();
    this.#vocabulary = new Vocabulary();
    for (const [slot, entry] of this.#entries.entries()) {
      this.#slotOf.set(entry.key, slot);
      if (isPreferred(entry)) this.#preferred.add(entry);
      this.#vocabulary.add(entry);
      if (slot % inOneStep === 0) yield;
    }
    this.#forget();
    // Among few people no answer takes long.
    if (this.#entries.length <= inOneStep) return;
    for (const letter of letters) {
      yield;
      this.#answer(letter, tokensOf(letter));
    }
  }

  get size(): number {
    return this.#entries.length;
  }

  add(entry: Entry): void {
    const position = this.#position(entry);
    this.#entries.splice(position, 0, entry);
    this.#slots.splice(position, 0, -1);
    this.#movePlaces(position);
    this.#recent.add(entry);
    if (isPreferred(entry)) this.#preferred.add(entry);
    this.#vocabulary.add(entry);
    this.#forget();
    if (this.#recent.size > mostRecent) this.load(this.#entries);
  }

  /** Takes the person out, who has to be given as they were. */
  remove(entry: Entry): void {
    const position = this.#position(entry);
    const there = this.#entries[position];
    if (there?.key !== entry.key) return;
    const slot = this.#slots[position] ?? -1;
    this.#entries.splice(position, 1);
    this.#slots.splice(position, 1);
    if (slot !== -1) this.#places[slot] = 0;
    this.#slotOf.delete(entry.key);
    this.#movePlaces(position);
    this.#recent.delete(there);
    this.#preferred.delete(there);
    this.#vocabulary.remove(entry);
    this.#forget();
  }

  /** What belongs to the people as they were. */
  #forget(): void {
    this.#last = null;
    this.#byLetter.clear();
    this.#scratch = [];
    this.#found = new Int32Array(this.#entries.length);
    this.#matches = new Int32Array(this.#entries.length);
  }

  /** Who stands behind a change has another place. */
  #movePlaces(from: number): void {
    for (let position = from; position < this.#slots.length; position += 1) {
      const slot = this.#slots[position] ?? -1;
      if (slot !== -1) this.#places[slot] = position + 1;
    }
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
   * Who matches every token, best first: by rank, then favourites, then those who are called most and last, then by name.
   * Keys of the page, and how many match in all. The last answer is kept, for its other pages.
   */
  search(query: string, tokens: readonly Token[], offset: number, limit: number): { keys: number[]; total: number } {
    if (this.#last?.query !== query) this.#last = { query, found: this.#answer(query, tokens) };
    const { found } = this.#last;
    const page = Array.from(found.subarray(offset, offset + limit));
    return { keys: page.flatMap((position) => this.#entries[position]?.key ?? []), total: found.length };
  }

  #answer(query: string, tokens: readonly Token[]): Int32Array {
    const known = this.#byLetter.get(query);
    if (known) return known;
    const found = this.#find(tokens);
    // Its memory is used again for the next key.
    if (query.length === 1 && letters.includes(query)) this.#byLetter.set(query, found.slice());
    return found;
  }

  #find(tokens: readonly Token[]): Int32Array {
    const marks = this.#marks(tokens);
    if (!marks) return new Int32Array(0);
    const exact = inOrder(marks, this.#takePreferred(marks.ranks), this.#found, this.#matches);
    return exact.length < enough ? Int32Array.from([...exact, ...this.#mistyped(tokens, exact)]) : exact;
  }

  /** By place, the worst rank of all tokens. */
  #marks(tokens: readonly Token[]): Marks | null {
    let used = 0;
    const blank = () => {
      const marks = (this.#scratch[used] ??= new Marks(this.#places, this.#entries.length));
      used += 1;
      return marks.clear();
    };
    const lists = this.#lists;
    const [first, ...rest] = tokens.map((token) => (lists ? lists.marks(token, blank) : blank()));
    if (!first) return null;
    for (const marks of rest) first.and(marks);
    for (const entry of this.#recent) first.ranks[this.#position(entry) + 1] = worstRank(entry, tokens);
    return first;
  }

  /** Takes the preferred people out of the ranks. Returns their positions by rank, in their order. */
  #takePreferred(ranks: Uint8Array): number[][] {
    const found: { position: number; entry: Entry }[][] = [[], [], [], []];
    for (const entry of this.#preferred) {
      const position = this.#position(entry);
      found[ranks[position + 1] ?? none]?.push({ position, entry });
      ranks[position + 1] = none;
    }
    return found.map((some) =>
      some.sort((a, b) => preference(a.entry, b.entry) || a.position - b.position).map(({ position }) => position),
    );
  }

  /** Who would match if one word of the query had no typing error. */
  #mistyped(tokens: readonly Token[], exact: Int32Array): Set<number> {
    const found = new Set<number>();
    const known = new Set(exact);
    for (const [index, { words, digits }] of tokens.entries()) {
      const [word] = words;
      if (word === undefined || digits.length > 0) continue;
      const others = tokens.filter((_, other) => other !== index);
      for (const entry of this.#vocabulary.near(word)) {
        // First what most fail: to look for their places costs more.
        if (worstRank(entry, others) === none) continue;
        const position = this.#position(entry);
        if (!known.has(position)) found.add(position);
      }
    }
    return found;
  }

  #position(entry: Entry): number {
    const slot = this.#slotOf.get(entry.key);
    if (slot !== undefined) return (this.#places[slot] ?? 0) - 1;
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

/** One order for list, letters and search: folded names, those without a letter from A to Z behind. */
export function order(a: Entry, b: Entry): number {
  const behind = Number(!beginsWithLetter(a.words)) - Number(!beginsWithLetter(b.words));
  if (behind !== 0) return behind;
  if (a.words !== b.words) return a.words < b.words ? -1 : 1;
  return a.key - b.key;
}

function beginsWithLetter(words: string): boolean {
  const first = words.charCodeAt(1);
  return first >= 97 && first <= 122;
}

/** In one rank: favourites, then those who are called most and last. */
export function preference(a: Entry, b: Entry): number {
  return Number(b.favourite) - Number(a.favourite) || b.usedAt - a.usedAt;
}

function isPreferred({ favourite, usedAt }: Entry): boolean {
  return favourite || usedAt > 0;
}

/**
 * Positions by rank, and in a rank as people stand, behind those that are given. Written into `found`.
 * @param matches where it may note what it has seen
 */
function inOrder(marks: Marks, before: readonly number[][], found: Int32Array, matches: Int32Array): Int32Array {
  const { ranks, fours } = marks;
  const counts = [0, 0, 0, 0];
  let seen = 0;
  for (let four = 0; four < fours.length; four += 1) {
    if (fours[four] === noneOfFour) continue;
    for (let place = Math.max(four * 4, 1); place < four * 4 + 4; place += 1) {
      const rank = ranks[place] ?? none;
      if (rank === none) continue;
      counts[rank] = (counts[rank] ?? 0) + 1;
      matches[seen] = place;
      seen += 1;
    }
  }
  const next: number[] = [];
  let end = 0;
  for (const [rank, positions] of before.entries()) {
    found.set(positions, end);
    next.push(end + positions.length);
    end += positions.length + (counts[rank] ?? 0);
  }
  for (let match = 0; match < seen; match += 1) {
    const place = matches[match] ?? 0;
    const rank = ranks[place] ?? 0;
    const at = next[rank] ?? 0;
    found[at] = place - 1;
    next[rank] = at + 1;
  }
  return found.subarray(0, end);
}
