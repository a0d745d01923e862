// Symmetric RTP: where to send, learned from where packets come (RFC 4961, RFC 7362 section 4), without letting strangers in.

export interface Endpoint {
  address: string;
  port: number;
}

/** After a description changed, a new source may take over for this long, ms. */
export const latchWindow = 3000;

/** Who is heard now keeps the line against strangers until it was silent for this long, ms. */
const silence = 200;

/** A source that the description did not name proves itself by this many packets in sequence. */
const probation = 3;

/** A source that nobody announced, and how far it has come. */
interface Candidate {
  source: Endpoint;
  sequence: number;
  packets: number;
}

/**
 * Follows the source of valid packets. The address of the description always counts, and so does an authenticated source.
 * Another one counts when nothing was heard yet, or within three seconds of a new description; and only when the line is
 * silent and it sends a stream, not a packet here and there.
 */
export class Latch {
  #declared: Endpoint | null = null;
  #heard: Endpoint | null = null;
  #heardAt = 0;
  #until = 0;
  #candidate: Candidate | null = null;

  /** A new description: `null` for nowhere. `now` in ms. */
  declare(endpoint: Endpoint | null, now: number): void {
    const same = endpoint && this.#declared && equal(endpoint, this.#declared);
    if (!same) this.#heard = null;
    this.#declared = endpoint;
    this.#until = now + latchWindow;
    this.#candidate = null;
  }

  /** Where to send; null: nowhere. */
  get target(): Endpoint | null {
    return this.#declared && (this.#heard ?? this.#declared);
  }

  /** Whether a packet from this source is to be taken; if so it is the target from now on. `sequence`: of RTP, 16 bits. */
  accept(source: Endpoint, sequence: number, authenticated: boolean, now: number): boolean {
    if (this.#heard && equal(source, this.#heard)) {
      this.#heardAt = now;
      return true;
    }
    const declared = this.#declared !== null && equal(source, this.#declared);
    if (!declared && !authenticated && !this.#admits(source, sequence, now)) return false;
    // On hold by c=0.0.0.0 they may still play music to us, from one source.
    if (this.#declared === null && this.#heard !== null) return false;
    this.#heard = { address: source.address, port: source.port };
    this.#heardAt = now;
    this.#candidate = null;
    return true;
  }

  #admits(source: Endpoint, sequence: number, now: number): boolean {
    if (this.#heard !== null && (now > this.#until || now - this.#heardAt < silence)) return false;
    // A phone that sends from another port of the host it named is no stranger.
    if (this.#heard === null && source.address === this.#declared?.address) return true;
    const before = this.#candidate;
    const goesOn = before && equal(before.source, source) && sequence === ((before.sequence + 1) & 0xffff);
    const packets = goesOn ? before.packets + 1 : 1;
    this.#candidate = { source: { address: source.address, port: source.port }, sequence, packets };
    return packets >= probation;
  }
}

function equal(a: Endpoint, b: Endpoint): boolean {
  return a.port === b.port && a.address === b.address;
}
