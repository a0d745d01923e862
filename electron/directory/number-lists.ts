// Who has which number: how numbers begin, by their first three digits, and who has four digits in a row.
import { inOneStep } from './in-steps.ts';
import { shortestInside, type Rank } from './match.ts';
import type { Marks } from './marks.ts';
import { digitCode, packed, packedRange } from './packed-digits.ts';

const space = 32;
const codes = 13;
/** Beginnings that agree in three characters stand together. */
const bunches = codes ** 3;
/** What one of them spans among packed numbers. */
const inBunch = packedRange('000').to - packedRange('000').from;
/** Four characters in a row. At a number's end the fourth is nothing, so three in a row are thirteen fours side by side. */
const fours = codes ** 4;

/** Fewer than elsewhere: each new page of memory that is written to costs, and the first people write to all of them. */
const inOneFill = 200;

/** Made once of many people, whose slots are the indices of their texts ({@link SearchText.digits}). */
export class NumberLists {
  readonly #texts: readonly string[];
  readonly #bunchStarts = new Int32Array(bunches + 1);
  readonly #fourStarts = new Int32Array(fours + 1);
  #beginnings = new Float64Array(0);
  #owners = new Int32Array(0);
  #fourSlots = new Int32Array(0);

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
    const last = this.#bunchStarts[Math.ceil(to / inBunch)] ?? 0;
    for (let at = this.#bunchStarts[Math.floor(from / inBunch)] ?? 0; at < last; at += 1) {
      const there = this.#beginnings[at] ?? 0;
      if (there < from || there >= to) continue;
      const slot = this.#owners[at] ?? 0;
      if (isSure || this.#texts[slot]?.includes(` ${start}`)) marks.one(slot, rank);
    }
  }

  /** Marks who has a number with this in it, of three digits or more. */
  inside(part: string, marks: Marks, rank: Rank): void {
    if (part.length === shortestInside) {
      const first = fourAt(part, 0);
      marks.list(this.#fourSlots, this.#fourStarts[first] ?? 0, this.#fourStarts[first + codes] ?? 0, rank);
      return;
    }
    let four = fourAt(part, 0);
    for (let at = 1; at + 4 <= part.length; at += 1) {
      const other = fourAt(part, at);
      if (this.#fourLength(other) < this.#fourLength(four)) four = other;
    }
    const from = this.#fourStarts[four] ?? 0;
    const to = this.#fourStarts[four + 1] ?? 0;
    if (part.length === 4) {
      marks.list(this.#fourSlots, from, to, rank);
      return;
    }
    for (let at = from; at < to; at += 1) {
      const slot = this.#fourSlots[at] ?? 0;
      if (marks.isWorse(slot, rank) && this.#texts[slot]?.includes(part)) marks.one(slot, rank);
    }
  }

  #fourLength(four: number): number {
    return (this.#fourStarts[four + 1] ?? 0) - (this.#fourStarts[four] ?? 0);
  }

  *#count(): Generator<void, void> {
    const seen = new Int32Array(fours).fill(-1);
    for (const [slot, text] of this.#texts.entries()) {
      eachNumber(text, (at) => add(this.#bunchStarts, bunchOf(packed(text, at)) + 1, 1));
      eachFour(text, slot, seen, (four) => add(this.#fourStarts, four + 1, 1));
      if (slot % inOneStep === 0) yield;
    }
    this.#beginnings = new Float64Array(sumUp(this.#bunchStarts));
    this.#owners = new Int32Array(this.#beginnings.length);
    this.#fourSlots = new Int32Array(sumUp(this.#fourStarts));
  }

  *#fill(): Generator<void, void> {
    const seen = new Int32Array(fours).fill(-1);
    const nextInBunch = this.#bunchStarts.slice();
    const nextFour = this.#fourStarts.slice();
    for (const [slot, text] of this.#texts.entries()) {
      eachNumber(text, (at) => {
        const beginning = packed(text, at);
        const bunch = bunchOf(beginning);
        const place = nextInBunch[bunch] ?? 0;
        this.#beginnings[place] = beginning;
        this.#owners[place] = slot;
        add(nextInBunch, bunch, 1);
      });
      eachFour(text, slot, seen, (four) => {
        this.#fourSlots[nextFour[four] ?? 0] = slot;
        add(nextFour, four, 1);
      });
      if (slot % inOneFill === 0) yield;
    }
  }
}

/** Where each number begins in ` 41441234567 441234567`. */
function eachNumber(text: string, visit: (at: number) => void): void {
  for (let at = text.indexOf(' '); at !== -1; at = text.indexOf(' ', at + 1)) visit(at + 1);
}

/** @param seen by four, the last slot that had it: nobody is listed twice */
function eachFour(text: string, slot: number, seen: Int32Array, visit: (four: number) => void): void {
  for (let at = 0; at + shortestInside <= text.length; at += 1) {
    if (!isThree(text, at)) continue;
    const four = fourAt(text, at);
    if (seen[four] === slot) continue;
    seen[four] = slot;
    visit(four);
  }
}

function isThree(text: string, at: number): boolean {
  return text.charCodeAt(at) !== space && text.charCodeAt(at + 1) !== space && text.charCodeAt(at + 2) !== space;
}

/** The four characters from here on as a number. */
function fourAt(text: string, at: number): number {
  let four = 0;
  for (let next = at; next < at + 4; next += 1) four = four * codes + digitCode(text.charCodeAt(next));
  return four;
}

function bunchOf(beginning: number): number {
  return Math.floor(beginning / inBunch);
}

function add(list: Int32Array, at: number, value: number): void {
  list[at] = (list[at] ?? 0) + value;
}

/** Counts, each one place behind its own, become where each list starts. Returns the sum. */
function sumUp(counts: Int32Array): number {
  for (let at = 1; at < counts.length; at += 1) add(counts, at, counts[at - 1] ?? 0);
  return counts[counts.length - 1] ?? 0;
}
