// Replay protection (RFC 3711 section 3.3.2): which packet indices were seen among the last 128.

const size = 128;

export class ReplayWindow {
  /** Highest index seen; -1 before the first. */
  highest = -1;
  readonly #seen = new Uint8Array(size);

  /** True when the index is new and not too old. */
  fresh(index: number): boolean {
    if (index > this.highest) return true;
    return this.highest - index < size && this.#seen[index % size] === 0;
  }

  /** To be called once the packet is authenticated. */
  mark(index: number): void {
    if (index > this.highest) {
      if (this.highest < 0 || index - this.highest >= size) this.#seen.fill(0);
      else for (let between = this.highest + 1; between < index; between++) this.#seen[between % size] = 0;
      this.highest = index;
    }
    this.#seen[index % size] = 1;
  }
}
