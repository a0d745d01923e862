// Symmetric RTP: where to send, learned from where packets come (RFC 4961, RFC 7362 section 4), without letting strangers in.

export interface Endpoint {
  address: string;
  port: number;
}

/** After a description changed, a new source may take over for this long, ms. */
export const latchWindow = 3000;

/**
 * Follows the source of valid packets. The address of the description always counts; another one counts when nothing was
 * heard yet, within three seconds of a new description, or when its packets are authenticated.
 */
export class Latch {
  #declared: Endpoint | null = null;
  #heard: Endpoint | null = null;
  #until = 0;

  /** A new description: `null` for nowhere. `now` in ms. */
  declare(endpoint: Endpoint | null, now: number): void {
    const same = endpoint && this.#declared && equal(endpoint, this.#declared);
    if (!same) this.#heard = null;
    this.#declared = endpoint;
    this.#until = now + latchWindow;
  }

  /** Where to send; null: nowhere. */
  get target(): Endpoint | null {
    return this.#declared && (this.#heard ?? this.#declared);
  }

  /** Whether a packet from this source is to be taken; if so it is the target from now on. */
  accept(source: Endpoint, authenticated: boolean, now: number): boolean {
    if (this.#heard && equal(source, this.#heard)) return true;
    const declared = this.#declared !== null && equal(source, this.#declared);
    if (!declared && !authenticated && this.#heard !== null && now > this.#until) return false;
    // On hold by c=0.0.0.0 they may still play music to us, from one source.
    if (this.#declared === null && this.#heard !== null) return false;
    this.#heard = { address: source.address, port: source.port };
    return true;
  }
}

function equal(a: Endpoint, b: Endpoint): boolean {
  return a.port === b.port && a.address === b.address;
}
