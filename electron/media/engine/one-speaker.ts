// One stream at a time on an unprotected line (RFC 3550 section 8.2): whoever sends under another SSRC has to wait until the
// present one is silent. A forged packet with a forged sender's address finds the line taken.

/** Three packets of 20 ms, ms. */
const silence = 60;

export class OneSpeaker {
  #ssrc: number | null = null;
  #heardAt = 0;

  /** Whether this stream has the line. `now` in ms. */
  admits(ssrc: number, now: number): boolean {
    if (ssrc !== this.#ssrc && this.#ssrc !== null && now - this.#heardAt < silence) return false;
    this.#ssrc = ssrc;
    this.#heardAt = now;
    return true;
  }

  /** A new description may come with a new stream at once. */
  reset(): void {
    this.#ssrc = null;
  }
}
