// Links (tel:, sip:, sips:, callto:): into the dial field, and no further.
import type { PhoneState } from '../../contract/index.ts';
import { parseLink } from '../directory/index.ts';

export interface DialRequestsOptions {
  openWindow(view: string): void;
  changed(): void;
}

export class DialRequests {
  readonly #options: DialRequestsOptions;
  #waiting: PhoneState['dialRequest'] = null;
  /** A window takes each id once, so none comes again. */
  #count = 0;

  constructor(options: DialRequestsOptions) {
    this.#options = options;
  }

  get waiting(): PhoneState['dialRequest'] {
    return this.#waiting;
  }

  openLink(link: string): void {
    const text = parseLink(link);
    this.#options.openWindow('field');
    if (text === null) return;
    this.#count += 1;
    this.#waiting = { id: this.#count, text };
    this.#options.changed();
  }

  taken(id: number): void {
    if (this.#waiting?.id === id) this.#waiting = null;
    this.#options.changed();
  }
}
