// What every session needs of its account.
import type { Clock, Logger } from '../../../contract/index.ts';
import type { Registration } from '../registration/index.ts';
import type { DialogCore } from './core.ts';

export interface SessionContext {
  accountId: string;
  core: DialogCore;
  registration: Registration;
  /** Our own address towards the server, as known last; empty before. */
  localAddress(): string;
  clock: Clock;
  log: Logger;
  /** Name of the account's server, for sentences. */
  server: string;
}
