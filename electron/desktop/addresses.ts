// This computer's addresses: looked at when the system tells of a change; where it tells of none, now and then, in a call often.
import type { PhoneState } from '../../contract/index.ts';
import type { NetworkChange } from './power.ts';

/** How often our addresses are looked at where nobody tells when a cable, a network or a VPN comes or goes, ms. */
const PAUSE = { inCall: 500, idle: 5000 };

export interface AddressWatchOptions {
  /** `networkInterfaces` of node:os. */
  interfaces(): NodeJS.Dict<{ address: string; internal: boolean }[]>;
  /** `setTimeout`; returns how it is called off. */
  after(ms: number, run: () => void): () => void;
  /** Addresses of this machine came or went. */
  changed(change: NetworkChange): void;
}

export class AddressWatch {
  readonly #options: AddressWatchOptions;
  #known: string;
  #inCall = false;
  #told = false;
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
    this.look();
  }

  /** Whether `look` is called for each change from now on, in a call, too. As long as it is, no timer runs. */
  told(told: boolean): void {
    this.#told = told;
    this.look();
  }

  /** Our addresses may be others than before. */
  look(): void {
    this.#wait();
    const now = this.#addresses();
    if (now === this.#known) return;
    this.#known = now;
    this.#options.changed({ woke: false });
  }

  #wait(): void {
    this.#cancel();
    if (this.#told) this.#cancel = () => {};
    else this.#cancel = this.#options.after(this.#inCall ? PAUSE.inCall : PAUSE.idle, () => this.look());
  }

  /** Link-local ones lead to no server. */
  #addresses(): string {
    const all = Object.values(this.#options.interfaces()).flatMap((one) => one ?? []);
    return all
      .flatMap(({ address, internal }) => (internal || /^fe80:/i.test(address) ? [] : [address]))
      .toSorted()
      .join();
  }
}
