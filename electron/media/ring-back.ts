// The local ring-back tone: only while a call wants it and the other side sends no audio of its own.

/** With early SDP the network gets this long to ring by itself, ms. */
const patience = 300;

export class RingBack {
  readonly #wanting = new Set<string>();
  readonly #heard = new Set<string>();
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #play: (on: boolean) => void;
  on = false;

  constructor(play: (on: boolean) => void) {
    this.#play = play;
  }

  /** `earlyMedia`: their description came already, so their own audio may follow. */
  want(callId: string, on: boolean, earlyMedia: boolean): void {
    clearTimeout(this.#waiting.get(callId));
    this.#waiting.delete(callId);
    if (!on) this.#wanting.delete(callId);
    else if (!earlyMedia) this.#wanting.add(callId);
    else if (!this.#wanting.has(callId)) {
      this.#waiting.set(
        callId,
        setTimeout(() => this.want(callId, true, false), patience),
      );
    }
    this.#update();
  }

  /** Audio came from the other side: it rings for itself. */
  heard(callId: string): void {
    this.#heard.add(callId);
    this.#update();
  }

  forget(callId: string): void {
    this.want(callId, false, false);
    this.#heard.delete(callId);
  }

  #update(): void {
    const on = [...this.#wanting].some((callId) => !this.#heard.has(callId));
    if (on === this.on) return;
    this.on = on;
    this.#play(on);
  }
}
