// What the servers tell of others: voicemail of every account that is available, lamps of the favourites.
import type { AccountState } from '../../contract/index.ts';
import type { BusyLamps } from './busy-lamps.ts';
import type { Records } from './records.ts';
import type { Voicemail } from './voicemail.ts';

export interface ServerWatchOptions {
  voicemail: Voicemail;
  lamps: BusyLamps;
  records: Records;
}

export class ServerWatch {
  readonly #options: ServerWatchOptions;
  /** Directory and account that the lamps were last asked for. */
  #lampsFor = '';

  constructor(options: ServerWatchOptions) {
    this.#options = options;
  }

  /** `lampsOn`: the account that calls go out on. */
  async follow(accounts: readonly AccountState[], lampsOn: string | undefined): Promise<void> {
    const { voicemail, lamps, records } = this.#options;
    voicemail.follow(accounts);
    const found = accounts.find(({ config }) => config.id === lampsOn);
    const accountId = found?.registration.name === 'available' ? found.config.id : null;
    const wanted = `${accountId} ${records.directoryRevision}`;
    if (wanted === this.#lampsFor || (accountId === null && this.#lampsFor !== '')) return;
    this.#lampsFor = wanted;
    if (accountId === null) return lamps.follow(null, []);
    const library = await records.library;
    lamps.follow(accountId, await library.query({ type: 'favourites' }));
  }
}
