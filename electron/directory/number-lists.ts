// Who has which number: how numbers begin, by their first digit, and who has three digits in a row.
import { inOneStep } from './in-steps.ts';
import { shortestInside, type Rank } from './match.ts';
import type { Marks } from './marks.ts';
import { digitCode, packed, packedRange } from './packed-digits.ts';

const space = 32;
const codes = 13;
const triples = codes ** 3;

/** Made once of many people, whose slots are the indices of their texts ({@link SearchText.digits}). */
export class NumberLists {
  readonly #texts: readonly string[];
  readonly #firstStarts = new Int32Array(codes + 1);
  readonly #tripleStarts = new Int32Array(triples + 1);
  #beginnings = new Float64Array(0);
  #owners = new Int32Array(0);
  #tripleSlots = new Int32Array(0);

  private constructor(texts: readonly string[]) {
    this.#texts = texts;
  }

  /** In steps, for there may be many people. */
  static *making(texts: readonly string[]): Generator<void, NumberLists> {
    const lists = new NumberLists(texts);
    yield* lists.#count();
    yield* lists.#fill();
    return lists;
  }

  /** Marks who has a number that begins so. */
  beginning(start: string, marks: Marks, rank: Rank): void {
    const { from, to, isSure } = packedRange(start);
    const first = digitCode(start.charCodeAt(0));
    const last = this.#firstStarts[first + 1] ?? 0;
    for (let at = this.#firstStarts[first] ?? 0; at < last; at += 1) {
      const there = this.#beginnings[at] ?? 0;
      if (there < from || there >= to) continue;
      const slot = this.#owners[at] ?? 0;
      if (isSure || this.#texts[slot]?.includes(` ${start}`)) marks.one(slot, rank);
    }
  }

  /** Marks who has a number with this in it, of three digits or more. */
  inside(part: string, marks: Marks, rank: Rank): void {
    let triple = tripleAt(part, 2);
    for (let end = shortestInside; end < part.length; end += 1) {
      const other = tripleAt(part, end);
      if (this.#tripleLength(other) < this.#tripleLength(triple)) triple = other;
    }
    const from = this.#tripleStarts[triple] ?? 0;
    const to = this.#tripleStarts[triple + 1] ?? 0;
    if (part.length === shortestInside) {
      marks.list(this.#tripleSlots, from, to, rank);
      return;
    }
    for (let at = from; at < to; at += 1) {
      const slot = this.#tripleSlots[at] ?? 0;
      if (marks.isWorse(slot, rank) && this.#texts[slot]?.includes(part)) marks.one(slot, rank);
    }
  }

  #tripleLength(triple: number): number {
    return (this.#tripleStarts[triple + 1] ?? 0) - (this.#tripleStarts[triple] ?? 0);
  }

  *#count(): Generator<void, void> {
    const seen = new Int32Array(triples).fill(-1);
    for (const [slot, text] of this.#texts.entries()) {
      eachNumber(text, (at) => add(this.#firstStarts, digitCode(text.charCodeAt(at)) + 1, 1));
      eachTriple(text, slot, seen, (triple) => add(this.#tripleStarts, triple + 1, 1));
      if (slot % inOneStep === 0) yield;
    }
    this.#beginnings = new Float64Array(sumUp(this.#firstStarts));
    this.#owners = new Int32Array(this.#beginnings.length);
    this.#tripleSlots = new Int32Array(sumUp(this.#tripleStarts));
  }

  *#fill(): Generator<void, void> {
    const seen = new Int32Array(triples).fill(-1);
    const nextFirst = this.#firstStarts.slice();
    const nextTriple = this.#tripleStarts.slice();
    for (const [slot, text] of this.#texts.entries()) {
      eachNumber(text, (at) => {
        const first = digitCode(text.charCodeAt(at));
        const place = nextFirst[first] ?? 0;
        this.#beginnings[place] = packed(text, at);
        this.#owners[place] = slot;
        add(nextFirst, first, 1);
      });
      eachTriple(text, slot, seen, (triple) => {
        this.#tripleSlots[nextTriple[triple] ?? 0] = slot;
        add(nextTriple, triple, 1);
      });
      if (slot % inOneStep === 0) yield;
    }
  }
}

/** Where each number begins in ` 41441234567 441234567`. */
function eachNumber(text: string, visit: (at: number) => void): void {
  for (let at = text.indexOf(' '); at !== -1; at = text.indexOf(' ', at + 1)) visit(at + 1);
}

/** @param seen by triple, the last slot that had it: nobody is listed twice */
function eachTriple(text: string, slot: number, seen: Int32Array, visit: (triple: number) => void): void {
  for (let end = 2; end < text.length; end += 1) {
    const isNumber = text.charCodeAt(end - 2) !== space && text.charCodeAt(end - 1) !== space;
    if (!isNumber || text.charCodeAt(end) === space) continue;
    const triple = tripleAt(text, end);
    if (seen[triple] === slot) continue;
    seen[triple] = slot;
    visit(triple);
  }
}

function tripleAt(text: string, end: number): number {
  const first = digitCode(text.charCodeAt(end - 2));
  const second = digitCode(text.charCodeAt(end - 1));
  return (first * codes + second) * codes + digitCode(text.charCodeAt(end));
}

function add(list: Int32Array, at: number, value: number): void {
  list[at] = (list[at] ?? 0) + value;
}

/** Counts, each one place behind its own, become where each list starts. Returns the sum. */
function sumUp(counts: Int32Array): number {
  for (let at = 1; at < counts.length; at += 1) add(counts, at, counts[at - 1] ?? 0);
  return counts[counts.length - 1] ?? 0;
}
