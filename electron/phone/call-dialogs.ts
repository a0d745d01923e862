// Which SIP dialogs were of which call: by their Call-IDs the trace shows a call's own messages, also after it ended.

/** Calls that are remembered; the trace forgets sooner. */
const most = 500;

export class CallDialogs {
  readonly #callIds = new Map<string, readonly string[]>();

  /** `sipCallId`: the Call-ID header of a session that this call uses. */
  add(callId: string, sipCallId: string): void {
    const known = this.#callIds.get(callId) ?? [];
    if (known.includes(sipCallId)) return;
    this.#callIds.set(callId, [...known, sipCallId]);
    for (const oldest of this.#callIds.keys()) {
      if (this.#callIds.size <= most) return;
      this.#callIds.delete(oldest);
    }
  }

  /** Empty for a call of an earlier run. */
  of(callId: string): readonly string[] {
    return this.#callIds.get(callId) ?? [];
  }
}
