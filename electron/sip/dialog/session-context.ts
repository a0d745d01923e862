// What every session needs of its account.
import type { Clock, Logger } from '../../../contract/index.ts';
import type { Registration } from '../registration/index.ts';
import type { DialogCore } from './core.ts';
import type { Wish } from './session-timer.ts';

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
  /** sip:user@domain of the account. */
  address: string;
  /** Where numbers without a domain are called. */
  domain: string;
  /** What we ask of session timers. */
  timer: Wish;
  /** Ringing is confirmed by callers that can, not only by those that must. */
  reliableRinging: boolean;
  /** The session takes the place of the one with this id, which ends (RFC 3891 3). */
  replace(sessionId: string, by: string): void;
  /** The session is over. */
  ended(sessionId: string): void;
}
