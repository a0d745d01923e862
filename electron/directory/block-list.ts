// The block list as the phone asks it: in memory, for the answer must be there before anything rings.
import { numberIn } from './identify.ts';
import { address, comparable, sameness, tail, type ComparableNumber } from './numbers.ts';

/** Numbers and addresses of people who are blocked. */
export class BlockList {
  readonly #addresses = new Set<string>();
  readonly #digits = new Set<string>();
  readonly #byTail = new Map<string, ComparableNumber[]>();

  constructor(numbers: readonly string[] = []) {
    for (const value of numbers) {
      const where = address(value);
      if (where !== null) this.#addresses.add(where.toLowerCase());
      const number = comparable(value);
      if (!number) continue;
      this.#digits.add(number.digits);
      const end = tail(number);
      if (end !== null) this.#byTail.set(end, [...(this.#byTail.get(end) ?? []), number]);
    }
  }

  /** Whether a call from this number or address is not to ring; the same spellings count as for its name. */
  has(caller: string): boolean {
    const where = address(caller);
    if (where !== null && this.#addresses.has(where.toLowerCase())) return true;
    const number = where === null ? comparable(caller) : numberIn(where);
    if (!number) return false;
    if (this.#digits.has(number.digits)) return true;
    return (this.#byTail.get(tail(number) ?? '') ?? []).some((blocked) => sameness(number, blocked) > 0);
  }
}
