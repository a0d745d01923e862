// The lists by which many people are searched at once. They are made when people are loaded, and not changed.
import { inOneStep } from './in-steps.ts';
import { initialsOf, shortestInside } from './match.ts';
import type { Marks } from './marks.ts';
import { NumberLists } from './number-lists.ts';
import type { SearchText, Token } from './search-text.ts';
import { Bearing, WordLists } from './word-lists.ts';

/** A name's first four letters of words, five bits each. */
const initialBits = 5;
const mostInitials = 4;

/** Slots are the indices of `people`. */
export class PeopleLists {
  readonly #names: WordLists;
  readonly #others: WordLists;
  readonly #numbers: NumberLists;
  readonly #initials: Int32Array;

  private constructor(lists: { names: WordLists; others: WordLists; numbers: NumberLists; initials: Int32Array }) {
    this.#names = lists.names;
    this.#others = lists.others;
    this.#numbers = lists.numbers;
    this.#initials = lists.initials;
  }

  /** In steps, for there may be many people. */
  static *making(people: readonly SearchText[]): Generator<void, PeopleLists> {
    const names = new Bearing();
    const others = new Bearing();
    const initials = new Int32Array(people.length);
    for (const [slot, { words, nameLength }] of people.entries()) {
      const name = words.slice(0, nameLength);
      list(names, name, slot);
      list(others, words.slice(nameLength + 1), slot);
      initials[slot] = packedInitials(initialsOf(name));
      if (slot % inOneStep === 0) yield;
    }
    return new PeopleLists({
      names: yield* WordLists.making(names, true),
      others: yield* WordLists.making(others, false),
      numbers: yield* NumberLists.making(people.map(({ digits }) => digits)),
      initials,
    });
  }

  /**
   * The rank of everybody for a token.
   * @param blank gives marks that say of nobody that they match
   */
  marks(token: Token, blank: () => Marks): Marks {
    const [first, ...rest] = token.words;
    const marks = blank();
    if (first !== undefined) this.#word(first, marks);
    for (const word of rest) {
      const others = blank();
      this.#word(word, others);
      marks.and(others);
    }
    for (const form of token.digits) {
      this.#numbers.beginning(form, marks, 1);
      if (form.length >= shortestInside) this.#numbers.inside(form, marks, 2);
    }
    for (const keys of token.keys) this.#names.typed(keys, marks, 3);
    for (const initials of token.initials) this.#begun(initials, marks);
    return marks;
  }

  #word(word: string, marks: Marks): void {
    this.#names.beginning(word, marks, 0);
    this.#others.beginning(word, marks, 1);
    if (word.length < shortestInside) return;
    this.#names.inside(word, marks, 2);
    this.#others.inside(word, marks, 2);
  }

  #begun(initials: string, marks: Marks): void {
    const all = this.#initials;
    const unused = (mostInitials - initials.length) * initialBits;
    const wanted = packedInitials(initials) >> unused;
    for (let slot = 0; slot < all.length; slot += 1) if ((all[slot] ?? 0) >> unused === wanted) marks.one(slot, 3);
  }
}

function list(bearing: Bearing, words: string, slot: number): void {
  for (const word of words.split(' ')) if (word !== '') bearing.add(word, slot);
}

/** Letters from a to z are 1 to 26, all others 27; left out ones 0. */
function packedInitials(initials: string): number {
  let value = 0;
  for (let at = 0; at < mostInitials; at += 1) {
    const letter = initials.charCodeAt(at) - 96;
    value = (value << initialBits) | (at >= initials.length ? 0 : letter >= 1 && letter <= 26 ? letter : 27);
  }
  return value;
}
