// This computer's addresses: no event tells that they changed, so they are looked at now and then, in a call often.
import type { PhoneState } from '../../contract/index.ts';
import type { NetworkChange } from './power.ts';

/** How often our addresses are looked at, ms. The system tells no one when a cable, a network or a VPN comes or goes. */
const PAUSE = { inCall: 500, idle: 5000 };

export interface AddressWatchOptions {
  /** `networkInterfaces` of node:os. */
  look(): NodeJS.Dict<{ address: string; internal: boolean }[]>;
  /** `setTimeout`; returns how it is called off. */
  after(ms: number, run: () => void): () => void;
  /** Addresses of this machine came or went. */
  changed(change: NetworkChange): void;
}

export class AddressWatch {
  readonly #options: AddressWatchOptions;
  #known: string;
  #inCall = false;
  #cancel = (): void => {};

  constructor(options: AddressWatchOptions) {
    this.#options = options;
    this.#known = this.#addresses();
    this.#wait();
  }

  /** A call makes it watchful: what is heard breaks off with the address. */
  draw({ calls }: Pick<PhoneState, 'calls'>): void {
    const inCall = calls.some(({ phase }) => phase.name !== 'ended');
    if (inCall === this.#inCall) return;
    this.#inCall = inCall;
    this.#look();
  }

  #wait(): void {
    this.#cancel();
    this.#cancel = this.#options.after(this.#inCall ? PAUSE.inCall : PAUSE.idle, () => this.#look());
  }

  #look(): void {
    this.#wait();
    const now = this.#addresses();
    if (now === this.#known) return;
    this.#known = now;
    this.#options.changed({ woke: false });
  }

  /** Link-local ones lead to no server. */
  #addresses(): string {
    const all = Object.values(this.#options.look()).flatMap((one) => one ?? []);
    return all
      .flatMap(({ address, internal }) => (internal || /^fe80:/i.test(address) ? [] : [address]))
      .toSorted()
      .join();
  }
}
