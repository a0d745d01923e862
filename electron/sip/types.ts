// The SIP room's door: accounts that register, and SIP sessions. Knows no phone call, no window, no headset.
import type { Clock, Dispose, Logger, Problem, RegistrationState, Trace, TransportName } from '../../contract/index.ts';
import type { Events, IncomingMessage, MessageSummary } from './events/types.ts';

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

/** How a session ended. */
export interface SessionEnd {
  by: 'us' | 'them' | 'network';
  result: 'completed' | 'busy' | 'declined' | 'no-answer' | 'cancelled' | 'answered-elsewhere' | 'failed';
  /** Final status, where one ended it. */
  status?: number;
  /** A sentence, except for plain endings. */
  reason: Problem | null;
}

export interface SessionListener {
  /** 18x; SDP when it carries an answer (early media). Outgoing only. */
  progress?(status: number, sdp: string | null): void;
  /** Outgoing: the 2xx with its SDP. ACK is sent by the room. */
  accepted?(sdp: string | null): void;
  /** The other side re-INVITEs; resolves to our answer (or our offer, when `sdp` is null). Throws ProblemError for 488. */
  reoffered(sdp: string | null): Promise<string>;
  /** The answer, in the ACK, to the offer that `reoffered(null)` gave. */
  answered?(sdp: string): void;
  /** DTMF by SIP INFO (application/dtmf-relay, application/dtmf). */
  digit?(digit: string): void;
  /** Exactly once. */
  ended(end: SessionEnd): void;
}

interface Session {
  /** Ours, unique in this run. */
  readonly id: string;
  readonly accountId: string;
  /** SIP Call-ID. */
  readonly callId: string;
  readonly remote: { displayName?: string; uri: string };
  /** Local address of the flow, for SDP's c= line. */
  readonly localAddress: string;
  listen(listener: SessionListener): void;
  /** Ends it whatever its state: CANCEL, BYE, or 603/480 for an incoming one. Idempotent. */
  hangUp(): void;
  /** re-INVITE with this offer; resolves to the answer. Retries glare (491). */
  reoffer(sdp: string): Promise<string>;
  info(contentType: string, body: string): Promise<void>;
}

export interface OutgoingSession extends Session {
  readonly direction: 'outgoing';
}

export interface IncomingSession extends Session {
  readonly direction: 'incoming';
  /** null: late offer. */
  readonly offer: string | null;
  /** Milliseconds, monotonic, when the INVITE came off the wire. */
  readonly receivedAt: number;
  ring(): void;
  /** 200 with our answer (or offer); resolves when ACK came, with the answer that a late offer gets. */
  accept(sdp: string): Promise<string | null>;
  reject(status: 480 | 486 | 488 | 500 | 603): void;
}

export interface SipCounts {
  accounts: number;
  flows: number;
  sessions: number;
  /** Dialogs, user agents and requests under way in the dialog core. */
  dialogs: number;
  clientTransactions: number;
  serverTransactions: number;
}

export interface Sip extends Events {
  /** Adds or replaces an account and registers it. */
  setAccount(account: SipAccount): void;
  /** Unregisters (bounded, 2 s) and forgets it. */
  removeAccount(accountId: string): Promise<void>;
  /** Tries now what waits for its next attempt. */
  retry(accountId?: string): void;
  /** Addresses may have changed, or the machine `woke` and its servers may have forgotten it. Several at once count as one. */
  networkChanged(cause?: { woke: boolean }): void;
  /** Local address used towards this account's server (or, without a flow, towards the target), for SDP. */
  localAddress(accountId: string): Promise<string>;
  /** `target`: a number, user@domain or sip: URI; a bare number goes to the account's domain. */
  invite(accountId: string, target: string, sdp: string): OutgoingSession;
  listen(listener: SipListener): Dispose;
  /** What is alive now, for tests and diagnostics: all but accounts and flows return to 0 when nothing happens. */
  readonly counts: SipCounts;
  /** Unregisters all and closes; bounded, 2 s. */
  close(): Promise<void>;
}

export type CreateSip = (options: SipOptions) => Sip;
