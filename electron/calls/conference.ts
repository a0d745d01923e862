// The conference: which calls hear each other. Mixed in the media window; SIP knows nothing of it.

export interface ConferenceListener {
  /** These hear each other from now on; none: nobody does. */
  mix(callIds: readonly string[]): void;
  joined(callId: string, on: boolean): void;
}

/** One at a time: whoever joins, joins it. */
export class Conference {
  readonly #listener: ConferenceListener;
  readonly #members = new Set<string>();

  constructor(listener: ConferenceListener) {
    this.#listener = listener;
  }

  /** The calls that share this one's fate: itself, and all others where it is in the conference. */
  with(callId: string): readonly string[] {
    return this.#members.has(callId) ? [...this.#members] : [callId];
  }

  join(callIds: readonly string[]): void {
    const added = callIds.filter((callId) => !this.#members.has(callId));
    if (this.#members.size + added.length < 2) return;
    for (const callId of added) this.#members.add(callId);
    this.#listener.mix([...this.#members]);
    for (const callId of added) this.#listener.joined(callId, true);
  }

  /** False when it was not there. With one call left there is no conference any more. */
  leave(callId: string): boolean {
    if (!this.#members.delete(callId)) return false;
    const last = this.#members.size < 2 ? [...this.#members] : [];
    for (const id of last) this.#members.delete(id);
    this.#listener.mix([...this.#members]);
    for (const id of [callId, ...last]) this.#listener.joined(id, false);
    return true;
  }
}
