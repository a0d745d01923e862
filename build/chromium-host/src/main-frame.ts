// Electron's WebFrameMain for the one frame that runs a preload: the top frame of one document.
import { originOf } from './protocol.ts';

/** The page as its frame knows it. */
export interface FrameOwner {
  readonly id: number;
  getURL(): string;
  getOSProcessId(): number;
  send(channel: string, ...args: unknown[]): void;
  postMessage(channel: string, message: unknown, transfer?: readonly unknown[]): void;
}

export class MainFrame {
  readonly parent = null;
  readonly name = '';
  readonly routingId = 1;
  readonly #owner: FrameOwner;
  #gone = false;

  constructor(owner: FrameOwner) {
    this.#owner = owner;
  }

  get top(): MainFrame {
    return this;
  }
  get url(): string {
    return this.#owner.getURL();
  }
  get origin(): string {
    return originOf(this.url);
  }
  get processId(): number {
    return this.#owner.id;
  }
  get osProcessId(): number {
    return this.#owner.getOSProcessId();
  }
  isDestroyed(): boolean {
    return this.#gone;
  }
  send(channel: string, ...args: unknown[]): void {
    if (!this.#gone) this.#owner.send(channel, ...args);
  }
  postMessage(channel: string, message: unknown, transfer: readonly unknown[] = []): void {
    if (!this.#gone) this.#owner.postMessage(channel, message, transfer);
  }

  /** Another document took its place, or its process ended. */
  end(): void {
    this.#gone = true;
  }
}
