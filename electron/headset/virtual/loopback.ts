// Main process and headset host in one process: the real protocol over a channel of copies, for tests.
import type { Dispose } from '../../../contract/index.ts';
import type { HidLibrary } from '../host/library.ts';
import { serve } from '../host/serve.ts';
import type { HostChannel } from '../types.ts';

/** A host that serves `library`; it can die and come back. */
export class LoopbackHost implements HostChannel {
  readonly #library: HidLibrary;
  readonly #messages = new Set<(message: unknown) => void>();
  readonly #gone = new Set<(reason: string) => void>();
  readonly #restarts = new Set<() => void>();
  #deliver: ((message: unknown) => void) | null = null;

  constructor(library: HidLibrary) {
    this.#library = library;
    this.#start();
  }

  send(message: unknown): void {
    const copy: unknown = structuredClone(message);
    queueMicrotask(() => this.#deliver?.(copy));
  }

  onMessage(listener: (message: unknown) => void): Dispose {
    return add(this.#messages, listener);
  }

  onGone(listener: (reason: string) => void): Dispose {
    return add(this.#gone, listener);
  }

  onRestart(listener: () => void): Dispose {
    return add(this.#restarts, listener);
  }

  /** What a host that lost its mind might say. */
  say(message: unknown): void {
    for (const listener of this.#messages) listener(message);
  }

  crash(): void {
    this.#deliver = null;
    for (const listener of this.#gone) listener('exit 11');
  }

  restart(): void {
    this.#start();
    for (const listener of this.#restarts) listener();
  }

  #start(): void {
    const alive: { deliver: (message: unknown) => void } = { deliver: () => {} };
    serve(
      {
        postMessage: (message) => {
          const copy: unknown = structuredClone(message);
          queueMicrotask(() => {
            if (this.#deliver === deliver) this.say(copy);
          });
        },
        onMessage: (listener) => (alive.deliver = listener),
      },
      this.#library,
    );
    const deliver = (message: unknown) => alive.deliver(message);
    this.#deliver = deliver;
  }
}

function add<T>(set: Set<T>, listener: T): Dispose {
  set.add(listener);
  return () => set.delete(listener);
}
