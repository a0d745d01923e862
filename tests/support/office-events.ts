// Things that happened, and waiting for one: past ones count until they are forgotten.

export class Events<T> {
  #happened: T[] = [];
  readonly #waiting = new Set<() => void>();

  add(what: T): void {
    this.#happened.push(what);
    for (const look of this.#waiting) look();
  }

  /** What happened so far does not answer later waits. */
  forget(): void {
    this.#happened = [];
  }

  get all(): readonly T[] {
    return this.#happened;
  }

  /** Resolves to the first that fits; rejects after `ms`. */
  wait(fits: (what: T) => boolean, description: string, ms = 10_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(look);
      };
      const look = (): void => {
        const found = this.#happened.find(fits);
        if (found === undefined) return;
        stop();
        resolve(found);
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`Waited ${ms} ms for ${description}; there was ${JSON.stringify(this.#happened)}.`));
      }, ms);
      this.#waiting.add(look);
      look();
    });
  }
}
