// The ranks of all people for one token, a byte each, while the lists of the index are gone through.
import { none, type Rank } from './match.ts';

/** Four bytes of ranks, as one number, when none of four people matches. */
export const noneOfFour = none * 0x01010101;

/** People are known to the lists by slots, which stay; their places in the order move when others come and go. */
export class Marks {
  /** By place; whoever is gone is at place 0, which nobody reads. As long as a multiple of four, to be read by fours. */
  readonly ranks: Uint8Array;
  /** The same by fours: {@link noneOfFour} where nobody matches, as nearly everywhere. */
  readonly fours: Int32Array;
  readonly #places: Int32Array;

  /** @param places of slots; 0 for who is gone */
  constructor(places: Int32Array, people: number) {
    this.#places = places;
    this.ranks = new Uint8Array((people + 4) & ~3).fill(none);
    this.fours = new Int32Array(this.ranks.buffer);
  }

  /** Nobody matches yet. */
  clear(): this {
    this.ranks.fill(none);
    return this;
  }

  /** Gives a rank to the slots in a part of a list, where they have no better one. */
  list(slots: Int32Array, from: number, to: number, rank: Rank): void {
    const { ranks } = this;
    const places = this.#places;
    for (let at = from; at < to; at += 1) {
      const place = places[slots[at] ?? 0] ?? 0;
      if ((ranks[place] ?? 0) > rank) ranks[place] = rank;
    }
  }

  one(slot: number, rank: Rank): void {
    const place = this.#places[slot] ?? 0;
    if ((this.ranks[place] ?? 0) > rank) this.ranks[place] = rank;
  }

  isWorse(slot: number, rank: Rank): boolean {
    return (this.ranks[this.#places[slot] ?? 0] ?? 0) > rank;
  }

  /** Keeps the worse of two ranks: both have to match. */
  and(other: Marks): void {
    const { ranks } = this;
    const fours = this.fours;
    const othersFours = other.fours;
    const others = other.ranks;
    for (let four = 0; four < fours.length; four += 1) {
      if (fours[four] === noneOfFour) continue;
      if (othersFours[four] === noneOfFour) {
        fours[four] = noneOfFour;
        continue;
      }
      for (let place = four * 4; place < four * 4 + 4; place += 1) {
        const rank = others[place] ?? none;
        if ((ranks[place] ?? 0) < rank) ranks[place] = rank;
      }
    }
  }
}
