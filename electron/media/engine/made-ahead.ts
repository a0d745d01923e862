// What packets to come will need, made for several at once: alone, with the processor busy with other things in between,
// making a cipher takes four times as long (perf, 20 calls).

/** Packets that it is made for at once. */
const atOnce = 16;

/** One for each packet, by the packet's index; never the same for two. */
export class MadeAhead<T extends object> {
  readonly #make: (index: number) => T;
  readonly #made: (T | null)[] = [];
  /** The index that the first one is for. */
  #from = 0;

  constructor(make: (index: number) => T) {
    this.#make = make;
  }

  /** For the packet of this index; made now where none was, or it was taken before. */
  take(index: number): T {
    const made = this.#has(index) ? this.#made[index - this.#from] : null;
    if (!made) return this.#make(index);
    this.#made[index - this.#from] = null;
    return made;
  }

  /**
   * Packets from this index on are to be expected; those before the last such index have been, or come late. Not to be called
   * for one that may be forged: it would cost us many.
   */
  expect(index: number): void {
    if (index < this.#from || this.#has(index)) return;
    this.#from = index;
    for (let ahead = 0; ahead < atOnce; ahead++) this.#made[ahead] = this.#make(index + ahead);
  }

  #has(index: number): boolean {
    return index >= this.#from && index < this.#from + this.#made.length;
  }
}
