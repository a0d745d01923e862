// The one AudioContext, made at start. It runs only while something needs it, and opens no output device of its own.

/** Chromium's, not yet in TypeScript's library: the context's own output goes nowhere. */
interface SilentSink {
  sinkId: { type: 'none' };
}

export class SharedAudioContext {
  readonly context: AudioContext;
  #users = 0;

  constructor() {
    const options: AudioContextOptions & SilentSink = { latencyHint: 'interactive', sinkId: { type: 'none' } };
    this.context = new AudioContext(options);
    void this.#update();
  }

  /** Runs until as many `release` followed. Resolves when it runs. */
  async use(): Promise<void> {
    this.#users += 1;
    await this.#update();
  }

  release(): void {
    this.#users -= 1;
    void this.#update();
  }

  async #update(): Promise<void> {
    if (this.#users > 0) await this.context.resume();
    else await this.context.suspend();
  }
}
