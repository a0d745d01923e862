// The SIP room's door: accounts that register, and SIP sessions. Knows no phone call, no window, no headset.
import type { Clock, Dispose, Logger, RegistrationState, Trace, TransportName } from '../../contract/index.ts';
import type { Examination } from './examination/index.ts';
import type { Events, IncomingMessage, MessageSummary } from './events/types.ts';
import type { IncomingSession, InviteOptions, OutgoingSession } from './session-types.ts';

export type * from './session-types.ts';

export interface SipAccount {
  id: string;
  displayName: string;
  user: string;
  domain: string;
  authUser?: string;
  /** host, host:port, or ws(s) URL; absent: RFC 3263 on the domain. */
  server?: string;
  transport: TransportName;
  /** Seconds asked for. */
  expires: number;
  caFile?: string;
  /** Rings for callers who do not come through the server. */
  allowDirect?: boolean;
  /** A TLS certificate for `*.company.com` counts (RFC 5922 7.2 says no). WSS takes it anyway. */
  allowWildcard?: boolean;
  /** SHA-256 of the only certificate that is trusted, in hexadecimal. */
  pinnedCertificate?: string;
  /** Seconds between signs of life of a call (RFC 4028); 1800 unless told, 0 asks for none. */
  sessionExpires?: number;
  /** Ringing is confirmed by callers that can (100rel, RFC 3262), not only by those that must. */
  reliableRinging?: boolean;
}

export interface SipOptions {
  log: Logger;
  trace: Trace;
  clock: Clock;
  userAgent: string;
  /** UUID of this installation (RFC 5626 +sip.instance). */
  instanceId: string;
  /** Asked for when a challenge comes; never kept. */
  password(accountId: string): Promise<string | null>;
  /** For tests: DNS servers instead of the system's. */
  dnsServers?: readonly string[];
}

export interface SipListener {
  registration(accountId: string, state: RegistrationState): void;
  /** INVITE with a new dialog. 100 is sent; call `ring`, `accept` or `reject`. */
  incoming(session: IncomingSession): void;
  /** A page-mode message came (RFC 3428). While nobody listens, MESSAGE is refused. */
  message?(message: IncomingMessage): void;
  /** Voicemail that the account's server told of unasked (RFC 3842). */
  messageSummary?(accountId: string, summary: MessageSummary): void;
}

export interface SipCounts {
  accounts: number;
  flows: number;
  sessions: number;
  /** Dialogs, and requests of and to the dialog core under way. */
  dialogs: number;
  clientTransactions: number;
  serverTransactions: number;
}

export interface Sip extends Events {
  /**
   * Adds an account, or gives it other settings, and registers it. Settings that are as they were change nothing, but that an
   * account which waits for its next attempt tries now, and one with a `newPassword` registers with that.
   */
  setAccount(account: SipAccount, how?: { newPassword?: boolean }): void;
  /** Unregisters (bounded, 2 s) and forgets it. */
  removeAccount(accountId: string): Promise<void>;
  /** Tries now what waits for its next attempt. */
  retry(accountId?: string): void;
  /** Addresses may have changed, or the machine `woke` and its servers may have forgotten it. Several at once count as one. */
  networkChanged(cause?: { woke: boolean }): void;
  /** Local address used towards this account's server (or, without a flow, towards the target), for SDP. */
  localAddress(accountId: string): Promise<string>;
  /**
   * `target`: a number, user@domain or sip: URI; a bare number goes to the account's domain. `sdp` null: the other side is
   * to offer, and `reoffered` is asked for the answer.
   */
  invite(accountId: string, target: string, sdp: string | null, options?: InviteOptions): OutgoingSession;
  /** Looks at the account's way to its server and back, step by step; close it in the end. Throws ProblemError. */
  examine(accountId: string): Examination;
  listen(listener: SipListener): Dispose;
  /** What is alive now, for tests and diagnostics: all but accounts and flows return to 0 when nothing happens. */
  readonly counts: SipCounts;
  /** Unregisters all and closes; bounded, 2 s. */
  close(): Promise<void>;
}

export type CreateSip = (options: SipOptions) => Sip;
