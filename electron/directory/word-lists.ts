// Who bears which word: the distinct words in order, with flat lists of their bearers, and which words hold three letters.
import { keysOf } from './dial-keys.ts';
import { inOneStep, sorting } from './in-steps.ts';
import { shortestInside, type Rank } from './match.ts';
import type { Marks } from './marks.ts';
import { packed, packedRange } from './packed-digits.ts';

/** Letters and digits that have a place of their own in the table of triples. */
const plainLetters = 36;
const exactTriples = plainLetters ** 3;
const hashedTriples = 4096;

/** Which word stands with which slot, as they come: pairs in one list, for an array a word costs more than all else. */
export class Bearing {
  readonly #numbers = new Map<string, number>();
  #pairs = new Int32Array(1024);
  #used = 0;

  add(word: string, slot: number): void {
    let index = this.#numbers.get(word);
    if (index === undefined) {
      index = this.#numbers.size;
      this.#numbers.set(word, index);
    }
    if (this.#used === this.#pairs.length) {
      const more = new Int32Array(this.#used * 2);
      more.set(this.#pairs);
      this.#pairs = more;
    }
    this.#pairs[this.#used] = index;
    this.#pairs[this.#used + 1] = slot;
    this.#used += 2;
  }

  /** In order, with the bearers of word N from `starts[N]` to `starts[N + 1]`. */
  *listing(): Generator<void, { words: string[]; starts: Int32Array; bearers: Int32Array }> {
    const words = yield* sorting([...this.#numbers.keys()], byCharacters);
    const places = new Int32Array(words.length);
    for (const [place, word] of words.entries()) {
      places[this.#numbers.get(word) ?? 0] = place;
      if (place % inOneStep === 0) yield;
    }
    const starts = new Int32Array(words.length + 1);
    for (let at = 0; at < this.#used; at += 2) add(starts, (places[this.#pairs[at] ?? 0] ?? 0) + 1, 1);
    yield;
    for (let place = 1; place < starts.length; place += 1) add(starts, place, starts[place - 1] ?? 0);
    const next = starts.slice();
    const bearers = new Int32Array(this.#used / 2);
    yield;
    for (let at = 0; at < this.#used; at += 2) {
      const place = places[this.#pairs[at] ?? 0] ?? 0;
      bearers[next[place] ?? 0] = this.#pairs[at + 1] ?? 0;
      add(next, place, 1);
    }
    return { words, starts, bearers };
  }
}

/** Made once of many people; slots are theirs. */
export class WordLists {
  readonly #words: readonly string[];
  /** The bearers of word N stand from `starts[N]` to `starts[N + 1]`; so those of all words that begin alike are one run. */
  readonly #starts: Int32Array;
  readonly #bearers: Int32Array;
  readonly #tripleStarts: Int32Array;
  readonly #tripleWords: Int32Array;
  /** By word, what a dial pad's keys of it are. */
  readonly #keys: Float64Array;

  private constructor(lists: {
    words: readonly string[];
    starts: Int32Array;
    bearers: Int32Array;
    triples: { starts: Int32Array; words: Int32Array };
    keys: Float64Array;
  }) {
    this.#words = lists.words;
    this.#starts = lists.starts;
    this.#bearers = lists.bearers;
    this.#tripleStarts = lists.triples.starts;
    this.#tripleWords = lists.triples.words;
    this.#keys = lists.keys;
  }

  /** @param isTyped whether {@link typed} is going to be asked */
  static *making(bearing: Bearing, isTyped: boolean): Generator<void, WordLists> {
    const { words, starts, bearers } = yield* bearing.listing();
    yield;
    const triples = yield* listingTriples(words);
    const keys = new Float64Array(isTyped ? words.length : 0);
    for (let index = 0; index < keys.length; index += 1) {
      keys[index] = packed(keysOf(words[index] ?? ''));
      if (index % inOneStep === 0) yield;
    }
    return new WordLists({ words, starts, bearers, triples, keys });
  }

  /** Marks who bears a word that begins so. */
  beginning(start: string, marks: Marks, rank: Rank): void {
    const from = this.#first((word) => word >= start);
    const to = this.#first((word) => word >= start && !word.startsWith(start));
    this.#mark(from, to, marks, rank);
  }

  /** Marks who bears a word with this in it, of three letters or more. */
  inside(part: string, marks: Marks, rank: Rank): void {
    let triple = tripleAt(part, 2);
    for (let end = shortestInside; end < part.length; end += 1) {
      const other = tripleAt(part, end);
      if (this.#tripleLength(other) < this.#tripleLength(triple)) triple = other;
    }
    const isSure = part.length === shortestInside && triple < exactTriples;
    // Who bears a word that begins so is marked already, and need not be looked at.
    const from = this.#first((word) => word >= part);
    const to = this.#first((word) => word >= part && !word.startsWith(part));
    const last = this.#tripleStarts[triple + 1] ?? 0;
    for (let at = this.#tripleStarts[triple] ?? 0; at < last; at += 1) {
      const index = this.#tripleWords[at] ?? 0;
      if (index >= from && index < to) continue;
      if (isSure || this.#words[index]?.includes(part)) this.#mark(index, index + 1, marks, rank);
    }
  }

  /** Marks who bears a word that a dial pad's keys begin. */
  typed(keys: string, marks: Marks, rank: Rank): void {
    const all = this.#keys;
    const { from, to, isSure } = packedRange(keys);
    for (let index = 0; index < all.length; index += 1) {
      const there = all[index] ?? 0;
      if (there < from || there >= to) continue;
      if (isSure || keysOf(this.#words[index] ?? '').startsWith(keys)) this.#mark(index, index + 1, marks, rank);
    }
  }

  #mark(from: number, to: number, marks: Marks, rank: Rank): void {
    marks.list(this.#bearers, this.#starts[from] ?? 0, this.#starts[to] ?? 0, rank);
  }

  #tripleLength(triple: number): number {
    return (this.#tripleStarts[triple + 1] ?? 0) - (this.#tripleStarts[triple] ?? 0);
  }

  /** The first word for which this holds, and with it for all behind (binary search). */
  #first(holds: (word: string) => boolean): number {
    let low = 0;
    let high = this.#words.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(this.#words[middle] ?? '')) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** By triple, the words with it. */
function* listingTriples(words: readonly string[]): Generator<void, { starts: Int32Array; words: Int32Array }> {
  const starts = new Int32Array(exactTriples + hashedTriples + 1);
  for (const [index, word] of words.entries()) {
    for (let end = 2; end < word.length; end += 1) add(starts, tripleAt(word, end) + 1, 1);
    if (index % inOneStep === 0) yield;
  }
  for (let triple = 1; triple < starts.length; triple += 1) add(starts, triple, starts[triple - 1] ?? 0);
  const lists = new Int32Array(starts[starts.length - 1] ?? 0);
  const next = starts.slice();
  for (const [index, word] of words.entries()) {
    for (let end = 2; end < word.length; end += 1) {
      const triple = tripleAt(word, end);
      lists[next[triple] ?? 0] = index;
      add(next, triple, 1);
    }
    if (index % inOneStep === 0) yield;
  }
  return { starts, words: lists };
}

function byCharacters(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function add(list: Int32Array, at: number, value: number): void {
  list[at] = (list[at] ?? 0) + value;
}

/** The three letters that end here as a number; those of other scripts share numbers. */
function tripleAt(word: string, end: number): number {
  const first = word.charCodeAt(end - 2);
  const second = word.charCodeAt(end - 1);
  const third = word.charCodeAt(end);
  const a = plainLetter(first);
  const b = plainLetter(second);
  const c = plainLetter(third);
  if (a !== -1 && b !== -1 && c !== -1) return (a * plainLetters + b) * plainLetters + c;
  // Fibonacci hashing; the upper bits are the well mixed ones.
  const mixed = Math.imul(Math.imul(Math.imul(first, 31) + second, 31) + third, 0x9e3779b1);
  return exactTriples + (mixed >>> 20);
}

function plainLetter(code: number): number {
  if (code >= 97 && code <= 122) return code - 97;
  return code >= 48 && code <= 57 ? code - 22 : -1;
}
