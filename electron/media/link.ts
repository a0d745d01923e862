// A typed, checked line to the engine or the media window over a Channel: knows when the other side is ready.
import * as v from 'valibot';
import type { Logger } from '../../contract/index.ts';
import type { Channel } from './types.ts';

export interface LinkOptions<Event> {
  channel: Channel;
  schema: v.GenericSchema<unknown, Event>;
  log: Logger;
  /** The other side says so at its start, and again after each restart: tell it all it must know. */
  onReady: () => void;
  onEvent: (event: Event) => void;
  onGone: (reason: string) => void;
}

/** Commands of state are not queued: they are dropped while the other side is away, and told again by `onReady`. */
export class Link<Command extends { type: string }, Event extends { type: string }> {
  readonly #options: LinkOptions<Event>;
  #ready = false;
  #whenReady = Promise.withResolvers<void>();

  constructor(options: LinkOptions<Event>) {
    this.#options = options;
    const { channel } = options;
    channel.onMessage((message) => this.#receive(message));
    channel.onGone((reason) => this.#gone(reason));
    channel.onRestart(() => this.#hello());
    this.#hello();
  }

  get ready(): boolean {
    return this.#ready;
  }

  /** Resolves when the other side is there; at once when it is. */
  get whenReady(): Promise<void> {
    return this.#whenReady.promise;
  }

  send(command: Command): void {
    if (this.#ready) this.#options.channel.send(command);
  }

  /** Whoever starts last says it: the other side at its start by `ready`, we at ours by `hello`. */
  #hello(): void {
    this.#options.channel.send({ type: 'hello' });
  }

  #receive(message: unknown): void {
    const { schema, log, onReady, onEvent } = this.#options;
    const event = v.safeParse(schema, message);
    if (!event.success) {
      log.warn('message not understood', { issues: v.summarize(event.issues) });
    } else if (event.output.type === 'ready') {
      this.#ready = true;
      this.#whenReady.resolve();
      onReady();
    } else {
      onEvent(event.output);
    }
  }

  #gone(reason: string): void {
    if (this.#ready) this.#whenReady = Promise.withResolvers();
    this.#ready = false;
    this.#options.onGone(reason);
  }
}
