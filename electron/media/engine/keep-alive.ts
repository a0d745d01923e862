// Keeps the way through routers open while we send no RTP (RFC 6263): on hold by them, before they answered.

/** RFC 6263 section 7: a mapping lives at least 15 s. ms. */
export const keepAliveInterval = 15_000;

export class KeepAlive {
  readonly #send: () => void;
  #timer: NodeJS.Timeout | null = null;

  constructor(send: () => void) {
    this.#send = send;
  }

  /** From now on, until `stop`; once at once. */
  start(): void {
    if (this.#timer) return;
    this.#send();
    this.#timer = setInterval(this.#send, keepAliveInterval);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }
}
