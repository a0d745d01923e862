// Who bears which word: the distinct words in order, with flat lists of their bearers, and which words hold three letters.
import { keysOf } from './dial-keys.ts';
import { shortestInside, type Rank } from './match.ts';
import type { Marks } from './marks.ts';
import { packed, packedRange } from './packed-digits.ts';

/** Letters and digits that have a place of their own in the table of triples. */
const plainLetters = 36;
const exactTriples = plainLetters ** 3;
const hashedTriples = 4096;

/** Made once of many people; slots are theirs. */
export class WordLists {
  readonly #words: readonly string[];
  /** The bearers of word N stand from `starts[N]` to `starts[N + 1]`; so those of all words that begin alike are one run. */
  readonly #starts: Int32Array;
  readonly #bearers: Int32Array;
  readonly #tripleStarts = new Int32Array(exactTriples + hashedTriples + 1);
  readonly #tripleWords: Int32Array;
  #keys: Float64Array | null = null;

  constructor(bearers: ReadonlyMap<string, readonly number[]>) {
    this.#words = Array.from(bearers.keys()).sort();
    this.#starts = new Int32Array(this.#words.length + 1);
    let count = 0;
    for (const [index, word] of this.#words.entries()) {
      this.#starts[index] = count;
      count += bearers.get(word)?.length ?? 0;
    }
    this.#starts[this.#words.length] = count;
    this.#bearers = new Int32Array(count);
    for (const [index, word] of this.#words.entries()) this.#bearers.set(bearers.get(word) ?? [], this.#starts[index]);
    this.#tripleWords = this.#listTriples();
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
    this.#keys ??= Float64Array.from(this.#words, (word) => packed(keysOf(word)));
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

  #listTriples(): Int32Array {
    const starts = this.#tripleStarts;
    for (const word of this.#words) {
      for (let end = 2; end < word.length; end += 1) add(starts, tripleAt(word, end) + 1, 1);
    }
    for (let triple = 1; triple < starts.length; triple += 1) add(starts, triple, starts[triple - 1] ?? 0);
    const lists = new Int32Array(starts[starts.length - 1] ?? 0);
    const next = starts.slice();
    for (const [index, word] of this.#words.entries()) {
      for (let end = 2; end < word.length; end += 1) {
        const triple = tripleAt(word, end);
        lists[next[triple] ?? 0] = index;
        add(next, triple, 1);
      }
    }
    return lists;
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
